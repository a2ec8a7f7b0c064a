// What the two C files share; not seen from outside.
#ifndef CNCURSES_TERMINAL_H
#define CNCURSES_TERMINAL_H

#include <stddef.h>
#include <termios.h>

/// The terminal, while it is open; -1 else.
extern int cn_tty;

/// Forgets the bytes that give a terminal back.
void cn_restore_clear(void);

/// Adds to the bytes that give a terminal back, without ncurses' marks for delays.
void cn_restore_add(const char *bytes);

/// Watches over an open terminal: signals, exit, stderr. 0, or -1 and errno.
int cn_guard(int tty, const struct termios *before);

/// Ends the watch, puts the terminal's modes back and prints what stderr held.
void cn_unguard(void);

/// Stops the process group as Ctrl-Z does; returns when it goes on.
void cn_stop(void);

/// Writes everything, or as much as can be written. Safe in a signal handler.
void cn_write_all(int descriptor, const char *bytes, size_t count);

#endif
