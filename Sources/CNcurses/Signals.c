// Signals that ask for something, and the wait that hears of them.
#define _GNU_SOURCE 1

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "CNcurses.h"
#include "Terminal.h"

/// The event descriptor that ends a wait; made once, so that a late cn_wake does no harm.
static atomic_int event = -1;
static atomic_bool was_woken;
static atomic_bool was_resized;
static atomic_bool stop_asked;
static atomic_bool was_continued;
/// An end that was asked for and not yet heard of, and the last one that was.
static atomic_int end_signal;
static int last_end_signal;

/// Ends the present wait, or the next one. Safe in a signal handler.
static void ring(void) {
    int fault = errno;
    uint64_t one = 1;
    int descriptor = atomic_load(&event);
    if (descriptor >= 0 && write(descriptor, &one, sizeof one) < 0) { /* full: it is awake already */ }
    errno = fault;
}

void cn_wake(void) {
    atomic_store(&was_woken, true);
    ring();
}

// MARK: signals that ask

/// Asks the loop to end; a second request, while the first is unheard, ends at once.
static void on_end_request(int number) {
    int none = 0;
    if (!atomic_compare_exchange_strong(&end_signal, &none, number)) {
        cn_restore_now();
        struct sigaction standard = {.sa_handler = SIG_DFL};
        sigaction(number, &standard, NULL);
        raise(number);
        return;
    }
    ring();
}

static void on_resize(int number) {
    (void)number;
    atomic_store(&was_resized, true);
    ring();
}

static void on_stop_request(int number) {
    (void)number;
    atomic_store(&stop_asked, true);
    ring();
}

static void on_continue(int number) {
    (void)number;
    atomic_store(&was_continued, true);
    ring();
}

static const struct {
    int number;
    void (*handler)(int);
} requests[] = {
    {SIGTERM, on_end_request}, {SIGHUP, on_end_request}, {SIGINT, on_end_request},
    {SIGWINCH, on_resize},     {SIGTSTP, on_stop_request}, {SIGCONT, on_continue},
};
enum { REQUEST_COUNT = sizeof requests / sizeof *requests };
static struct sigaction requests_before[REQUEST_COUNT];

// One that was ignored (nohup) stays so.
void cn_watch_requests(void) {
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        struct sigaction action = {.sa_handler = requests[i].handler, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        sigaction(requests[i].number, NULL, &requests_before[i]);
        if (requests_before[i].sa_handler == SIG_IGN && requests[i].handler == on_end_request) continue;
        sigaction(requests[i].number, &action, NULL);
    }
}

void cn_unwatch_requests(void) {
    for (size_t i = 0; i < REQUEST_COUNT; i++) sigaction(requests[i].number, &requests_before[i], NULL);
}

int32_t cn_end_signal(void) {
    return last_end_signal;
}

void cn_stop(void) {
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction standard = {.sa_handler = SIG_DFL};
    struct sigaction ours;
    // The rest of the job first; then this very thread, so that it stops here and not somewhere later.
    sigaction(SIGTSTP, &ignored, &ours);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &standard, NULL);
    raise(SIGTSTP);
    // Until fg.
    sigaction(SIGTSTP, &ours, NULL);
    atomic_store(&stop_asked, false);
    atomic_store(&was_continued, false);
}

int cn_make_bell(void) {
    if (event < 0) event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    // Somebody may have called before there was a bell.
    if (atomic_load(&was_woken)) ring();
    atomic_store(&end_signal, 0);
    return event < 0 ? -1 : 0;
}

// MARK: waiting

/// The bits for what signals and other threads left behind.
static uint32_t take_notes(void) {
    uint32_t found = 0;
    if (atomic_exchange(&was_woken, false)) found |= CN_WOKEN;
    if (atomic_exchange(&was_resized, false)) found |= CN_RESIZED;
    if (atomic_exchange(&stop_asked, false)) found |= CN_STOP_ASKED;
    if (atomic_exchange(&was_continued, false)) found |= CN_CONTINUED;
    int number = atomic_exchange(&end_signal, 0);
    if (number != 0) {
        last_end_signal = number;
        found |= CN_END_ASKED;
    }
    return found;
}

uint32_t cn_wait(int timeout) {
    struct pollfd sources[2] = {{.fd = cn_tty, .events = POLLIN}, {.fd = event, .events = POLLIN}};
    int ready = poll(sources, 2, timeout);
    if (ready < 0) return take_notes();
    uint32_t found = 0;
    if ((sources[0].revents & POLLIN) != 0) found |= CN_INPUT;
    if ((sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) found |= CN_HUNG_UP;
    if ((sources[1].revents & POLLIN) != 0) {
        uint64_t count;
        if (read(event, &count, sizeof count) < 0) { /* somebody was faster */ }
    }
    return found | take_notes();
}

ptrdiff_t cn_read(uint8_t *bytes, size_t room) {
    ssize_t count = read(cn_tty, bytes, room);
    if (count > 0) return count;
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    return -1;
}
