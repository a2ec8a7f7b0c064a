// Cells, colours and the cursor.
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <wchar.h>

#include "CNcurses.h"
#include "Terminal.h"

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
    if (cn_is_utf8 && fits) {
        size_t length = 1;
        for (size_t i = 0; i < 4 && cell->marks[i] != 0; i++) {
            wchar_t mark = (wchar_t)cell->marks[i];
            if (wcwidth(mark) == 0) text[length++] = mark;
        }
        put_glyph(y, x, text, attributes, cell->pair);
        return;
    }
    if (!cn_is_utf8 && cell->base < 0x7F && cell->base >= 0x20) {
        put_glyph(y, x, text, attributes, cell->pair);
    } else {
        wchar_t other[2] = {cn_is_utf8 ? 0xFFFD : ascii_stand_in(cell->base)};
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
