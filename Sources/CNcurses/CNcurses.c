// Drawing: the part that talks to ncurses. The part for signals and death is in Signals.c.
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
#include <wchar.h>

#include "CNcurses.h"
#include "Terminal.h"

static SCREEN *screen;
static FILE *tty_in;
static FILE *tty_out;
static bool is_utf8;
static bool has_paste;

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

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
    is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    return is_utf8;
}

int cn_open_tty(void) {
    return open("/dev/tty", O_RDWR | O_CLOEXEC);
}

/// A string capability, or NULL.
static const char *capability(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

/// Sends a control string of ours past ncurses.
static void send_string(const char *string) {
    cn_write_all(cn_tty, string, strlen(string));
}

/// The modes that this terminal's programs have to switch off when they end, as far as it knows them.
static void compute_restore_bytes(void) {
    cn_restore_clear();
    // Mouse and focus were not switched on by us, yet a crash is no time for etiquette.
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
    screen = newterm(type, tty_out, tty_in);
    if (screen == NULL || capability("cup") == NULL) {
        CNOpening opening = screen == NULL ? CNUnknownTerminal : CNNoCursorAddressing;
        abandon();
        tcsetattr(tty, TCSANOW, &before);
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
    if (has_paste) send_string(paste_on);
    return CNOpened;
}

void cn_close(void) {
    if (screen == NULL) return;
    if (has_paste) send_string(paste_off);
    endwin();
    cn_unguard();
    abandon();
}

int32_t cn_colours(void) {
    if (!has_colors()) return 0;
    return COLORS;
}

void cn_size(int32_t *rows, int32_t *columns) {
    *rows = LINES;
    *columns = COLS;
}

int32_t cn_pair(int32_t foreground, int32_t background) {
    int pair = alloc_pair(foreground, background);
    return pair > 0 ? pair : 0;
}

/// What stands for a scalar where there is no UTF-8.
static wchar_t ascii_stand_in(uint32_t scalar) {
    switch (scalar) {
    case 0x2500: return L'-';                                       // light horizontal
    case 0x2501: return L'=';                                       // heavy horizontal
    case 0x2502: return L'|';                                       // light vertical
    case 0x2503: return L'#';                                       // heavy vertical
    case 0x250C: case 0x2510: case 0x2514: case 0x2518: return L'+'; // light corners
    case 0x250F: case 0x2513: case 0x2517: case 0x251B: return L'#'; // heavy corners
    case 0x2713: return L'+';                                       // check mark
    case 0x2717: return L'x';                                       // ballot x
    case 0x25AA: return L'=';                                       // bar
    case 0x25B8: return L'>';                                       // closed
    case 0x25BE: return L'v';                                       // open
    case 0x2013: case 0x2014: return L'-';
    default: return L'?';
    }
}

/// The attributes of ncurses for ours.
static attr_t curses_attributes(uint8_t attributes) {
    attr_t result = A_NORMAL;
    if (attributes & CN_BOLD) result |= A_BOLD;
    if (attributes & CN_DIM) result |= A_DIM;
    if (attributes & CN_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & CN_REVERSE) result |= A_REVERSE;
    if (attributes & CN_ITALIC) result |= A_ITALIC;
    return result;
}

/// Puts one glyph; the last cell of the screen answers ERR although it is shown.
static void put_glyph(int32_t y, int32_t x, const wchar_t *text, attr_t attributes, int32_t pair) {
    cchar_t glyph;
    int extended = pair;
    short narrow = (short)(pair > 32767 ? 32767 : pair);
    if (setcchar(&glyph, text, attributes, narrow, &extended) == OK) mvadd_wch(y, x, &glyph);
}

/// Puts one cell, replaced where the C library's width of it is not ours: ncurses goes by that.
static void put_cell(int32_t y, int32_t x, const CNCell *cell) {
    attr_t attributes = curses_attributes(cell->attributes);
    wchar_t text[6] = {(wchar_t)cell->base};
    bool fits = wcwidth((wchar_t)cell->base) == cell->width;
    if (is_utf8 && fits) {
        size_t length = 1;
        for (size_t i = 0; i < 4 && cell->marks[i] != 0; i++) {
            wchar_t mark = (wchar_t)cell->marks[i];
            if (wcwidth(mark) == 0) text[length++] = mark;
        }
        put_glyph(y, x, text, attributes, cell->pair);
        return;
    }
    if (!is_utf8 && cell->base < 0x7F && cell->base >= 0x20) {
        put_glyph(y, x, text, attributes, cell->pair);
    } else {
        wchar_t other[2] = {is_utf8 ? 0xFFFD : ascii_stand_in(cell->base)};
        put_glyph(y, x, other, attributes, cell->pair);
    }
    if (cell->width == 2) put_glyph(y, x + 1, L" ", attributes, cell->pair);
}

void cn_put(int32_t y, int32_t x, const CNCell *cells, size_t count) {
    if (y < 0 || y >= LINES) return;
    for (size_t i = 0; i < count; i++, x++) {
        if (cells[i].width == 0 || x < 0 || x + cells[i].width > COLS) continue;
        put_cell(y, x, &cells[i]);
    }
}

void cn_cursor(int32_t y, int32_t x) {
    if (y < 0) {
        curs_set(0);
        return;
    }
    curs_set(1);
    move(y < LINES ? y : LINES - 1, x < COLS ? x : COLS - 1);
}

void cn_flush(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

void cn_repaint(void) {
    clearok(curscr, true);
}

bool cn_resize(void) {
    struct winsize size;
    if (ioctl(cn_tty, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    if (!is_term_resized(size.ws_row, size.ws_col)) return false;
    resizeterm(size.ws_row, size.ws_col);
    erase();
    return true;
}

/// Takes the terminal as a full screen again, and finds out what changed meanwhile.
static void take_again(void) {
    reset_prog_mode();
    cn_resize();
    clearok(curscr, true);
    refresh();
    if (has_paste) send_string(paste_on);
}

void cn_suspend(void) {
    if (has_paste) send_string(paste_off);
    endwin();
    cn_stop();
    take_again();
}

void cn_resume(void) {
    take_again();
}

int64_t cn_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
