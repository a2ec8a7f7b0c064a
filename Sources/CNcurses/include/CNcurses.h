// The terminal through ncurses, as plain functions: curses.h is not seen by Swift, whose importer loses most of it.
//
// One terminal at a time. Everything here belongs to the main thread, but for cn_wake.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Attributes of a cell: the bits of Canvas.Attributes.
enum { CN_BOLD = 1, CN_DIM = 2, CN_UNDERLINE = 4, CN_REVERSE = 8, CN_ITALIC = 16 };

/// One cell: a base scalar of `width` columns, up to four marks (0 ends them), a colour pair and attributes.
typedef struct CNCell {
    uint32_t base;
    uint32_t marks[4];
    int32_t pair;
    uint8_t width;
    uint8_t attributes;
} CNCell;

/// What cn_open answers.
typedef enum CNOpening {
    CNOpened = 0,
    /// There is no description of that terminal type.
    CNUnknownTerminal = 1,
    /// The terminal cannot place a cursor.
    CNNoCursorAddressing = 2,
    /// A system call failed; errno tells.
    CNSystemFault = 3
} CNOpening;

/// What cn_wait found; bits.
enum {
    CN_INPUT = 1,
    CN_WOKEN = 2,
    CN_HUNG_UP = 4,
    CN_RESIZED = 8,
    CN_STOP_ASKED = 16,
    CN_CONTINUED = 32,
    CN_END_ASKED = 64
};

/// Takes the character set from the environment; true when it is UTF-8.
///
/// Where the environment names a UTF-8 locale that is not installed, C.UTF-8 takes its place.
bool cn_use_locale(void);

/// Opens the controlling terminal; -1 and errno when there is none. An open screen owns it, and cn_close closes it.
int cn_open_tty(void);

/// Sets the terminal up for a full screen. After CNOpened, cn_close gives it back, and so does every way to die but
/// SIGKILL.
CNOpening cn_open(int tty, const char *type);

/// Gives the terminal back, and prints what was written to stderr meanwhile. Does nothing when it is not open.
void cn_close(void);

/// How many colours there are: 16777216 when they are named directly, 0 for none.
int32_t cn_colours(void);

/// Rows and columns as ncurses has them.
void cn_size(int32_t *rows, int32_t *columns);

/// A colour pair for ncurses: each a number of the palette or 0xRRGGBB, -1 for the terminal's own. 0 when none is left.
int32_t cn_pair(int32_t foreground, int32_t background);

/// Puts cells beside each other, from row y, column x; what lies outside is left out. A cell of width 0 is skipped.
void cn_put(int32_t y, int32_t x, const CNCell *cells, size_t count);

/// Shows the cursor there, or hides it with a negative y.
void cn_cursor(int32_t y, int32_t x);

/// Sends what changed.
void cn_flush(void);

/// The next cn_flush sends everything.
void cn_repaint(void);

/// Asks the terminal for its size; the next cn_flush sends everything. An answer of 0 is no answer.
void cn_resize(void);

/// Switches reports of mouse presses on or off, where the terminal has a mouse.
void cn_mouse(bool is_on);

/// Puts text on the terminal's clipboard (OSC 52): base64, where the terminal is one that knows such sequences.
void cn_copy(const char *base64);

/// Puts a terminal right that a program left behind when it was killed; false and errno when that failed.
bool cn_reset(int tty);

/// Gives the terminal back, stops the process group as Ctrl-Z does, and takes the terminal again when it goes on.
void cn_suspend(void);

/// Takes the terminal again after somebody else stopped and continued the process.
void cn_resume(void);

/// Waits for input, a call of cn_wake, or a signal; at most that many milliseconds, -1 for ever. Returns CN_ bits.
uint32_t cn_wait(int timeout);

/// The signal behind CN_END_ASKED: SIGTERM, SIGHUP or SIGINT.
int32_t cn_end_signal(void);

/// Reads what is there; 0 when nothing is, -1 when the terminal is gone.
ptrdiff_t cn_read(uint8_t *bytes, size_t room);

/// Ends a cn_wait, now or the next one. From any thread, and from a signal handler.
void cn_wake(void);

/// Nanoseconds on a clock that only goes forward.
int64_t cn_now(void);

/// Ends the process by a signal whose handling is put back to the default first, so that its status tells.
_Noreturn void cn_die_of(int32_t signal);

#endif
