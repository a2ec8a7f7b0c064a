// Taking a terminal and giving it back. Cells are in Painting.c, signals in Signals.c, sudden death in Rescue.c.
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "CNcurses.h"
#include "Terminal.h"

static SCREEN *screen;
static FILE *tty_in;
static FILE *tty_out;
bool cn_is_utf8;
static bool has_paste;
static bool reports_mouse;

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";
/// Presses and the wheel (1000), with coordinates as numbers (1006).
static const char mouse_on[] = "\033[?1006h\033[?1000h";
static const char mouse_off[] = "\033[?1000l\033[?1006l";

/// The value of the variable that decides the character set (POSIX: LC_ALL, then LC_CTYPE, then LANG).
static const char *locale_name(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') return value;
    }
    return "";
}

bool cn_use_locale(void) {
    const char *set = setlocale(LC_CTYPE, "");
    if (set == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        const char *name = locale_name();
        if (strcasestr(name, "utf-8") != NULL || strcasestr(name, "utf8") != NULL) setlocale(LC_CTYPE, "C.UTF-8");
    }
    cn_is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    return cn_is_utf8;
}

int cn_open_tty(void) {
    return open("/dev/tty", O_RDWR | O_CLOEXEC);
}

/// A string capability, or NULL.
static const char *capability(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

/// Sends a control string of ours.
static void send_all(int tty, const char *string) {
    cn_write_all(tty, string, strlen(string));
}

/// Sends a control string of ours past ncurses.
static void send_string(const char *string) {
    send_all(cn_tty, string);
}

/// Switches on what belongs to a full screen and ncurses does not know of.
static void enter_modes(void) {
    if (has_paste) send_string(paste_on);
    if (reports_mouse) send_string(mouse_on);
}

/// Switches it off again.
static void leave_modes(void) {
    if (reports_mouse) send_string(mouse_off);
    if (has_paste) send_string(paste_off);
}

void cn_mouse(bool is_on) {
    if (screen == NULL || !has_paste || reports_mouse == is_on) return;
    reports_mouse = is_on;
    send_string(is_on ? mouse_on : mouse_off);
}

void cn_copy(const char *base64) {
    if (screen == NULL || !has_paste) return;
    send_string("\033]52;c;");
    send_string(base64);
    send_string("\a");
}

/// The modes that this terminal's programs have to switch off when they end, as far as it knows them.
static void compute_restore_bytes(void) {
    cn_restore_clear();
    // More than we ever switch on: a crash is no time for etiquette.
    if (has_paste) cn_restore_add("\033[?2004l\033[?1004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l");
    const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = capability(names[i]);
        if (value != NULL) cn_restore_add(value);
    }
    if (capability("rmcup") == NULL) cn_restore_add("\r\n");
}

/// Undoes a newterm that turned out to be of no use.
static void abandon(void) {
    if (screen != NULL) delscreen(screen);
    screen = NULL;
    if (tty_in != NULL) fclose(tty_in);
    if (tty_out != NULL) fclose(tty_out);
    tty_in = tty_out = NULL;
}

/// A stream over a descriptor of its own.
static FILE *stream(int tty, const char *mode) {
    int copy = fcntl(tty, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (file == NULL) close(copy);
    return file;
}

CNOpening cn_open(int tty, const char *type) {
    struct termios before;
    if (screen != NULL) {
        errno = EBUSY;
        return CNSystemFault;
    }
    if (tcgetattr(tty, &before) != 0) return CNSystemFault;
    tty_in = stream(tty, "r");
    tty_out = stream(tty, "w");
    if (tty_in == NULL || tty_out == NULL) {
        int fault = errno;
        abandon();
        errno = fault;
        return CNSystemFault;
    }
    // From here on the terminal's modes may differ from what they were; whoever dies, puts them back.
    errno = 0;
    screen = newterm(type, tty_out, tty_in);
    if (screen == NULL || capability("cup") == NULL) {
        // A description that could not be opened for want of descriptors or memory is not a missing one.
        int fault = errno;
        bool is_short = fault == EMFILE || fault == ENFILE || fault == ENOMEM;
        CNOpening opening = screen != NULL ? CNNoCursorAddressing : is_short ? CNSystemFault : CNUnknownTerminal;
        abandon();
        tcsetattr(tty, TCSANOW, &before);
        errno = fault;
        return opening;
    }
    set_term(screen);
    // Every terminal with a mouse in its description knows bracketed paste or ignores it.
    has_paste = capability("kmous") != NULL;
    compute_restore_bytes();
    if (cn_guard(tty, &before) != 0) {
        int fault = errno;
        abandon();
        tcsetattr(tty, TCSANOW, &before);
        errno = fault;
        return CNSystemFault;
    }
    raw();
    noecho();
    nonl();
    leaveok(stdscr, false);
    scrollok(stdscr, false);
    // Input is ours: ncurses must neither look at it while painting nor flush it.
    typeahead(-1);
    intrflush(stdscr, false);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    enter_modes();
    return CNOpened;
}

void cn_close(void) {
    if (screen == NULL) return;
    leave_modes();
    reports_mouse = false;
    endwin();
    cn_unguard();
    abandon();
}

void cn_resize(void) {
    struct winsize size;
    // There and back again leaves the size as it was, but what stood at the edges is gone.
    clearok(curscr, true);
    if (ioctl(cn_tty, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
    if (!is_term_resized(size.ws_row, size.ws_col)) return;
    resizeterm(size.ws_row, size.ws_col);
    erase();
}

/// Takes the terminal as a full screen again, and finds out what changed meanwhile.
static void take_again(void) {
    reset_prog_mode();
    cn_resize();
    refresh();
    enter_modes();
}

void cn_suspend(void) {
    leave_modes();
    endwin();
    cn_stop();
    take_again();
}

void cn_resume(void) {
    take_again();
}

bool cn_reset(int tty) {
    // Alternate screen, cursor, colours, character set, keypad, and all modes that report something.
    send_all(tty, "\033[?1049l\033[?25h\033[0m\033(B\017\033[?1l\033>");
    send_all(tty, "\033[?2004l\033[?1004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l\r\n");
    struct termios modes;
    if (tcgetattr(tty, &modes) != 0) return false;
    modes.c_iflag |= BRKINT | ICRNL | IXON;
    modes.c_iflag &= ~(tcflag_t)(IGNCR | INLCR | ISTRIP);
    modes.c_oflag |= OPOST | ONLCR;
    modes.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK;
    return tcsetattr(tty, TCSANOW, &modes) == 0;
}

int64_t cn_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
