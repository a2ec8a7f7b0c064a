// What the two C files share; not seen from outside.
#ifndef CNCURSES_TERMINAL_H
#define CNCURSES_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// The terminal, while it is open; -1 else.
extern int cn_tty;

/// Whether the character set is UTF-8.
extern bool cn_is_utf8;

/// Forgets the bytes that give a terminal back.
void cn_restore_clear(void);

/// Adds to the bytes that give a terminal back, without ncurses' marks for delays.
void cn_restore_add(const char *bytes);

/// Watches over an open terminal: signals, exit, stderr. 0, or -1 and errno.
int cn_guard(int tty, const struct termios *before);

/// Ends the watch, puts the terminal's modes back and prints what stderr held.
void cn_unguard(void);

/// Gives the terminal back without ncurses. Safe in a signal handler; only the first call does anything.
void cn_restore_now(void);

/// Makes what ends a wait, once. 0, or -1 and errno.
int cn_make_bell(void);

/// Installs the handlers of the signals that ask for something.
void cn_watch_requests(void);

/// Puts the handlers of the signals that ask for something back as they were.
void cn_unwatch_requests(void);

/// Stops the process group as Ctrl-Z does; returns when it goes on.
void cn_stop(void);

/// Writes everything, or as much as can be written. Safe in a signal handler.
void cn_write_all(int descriptor, const char *bytes, size_t count);

#endif
