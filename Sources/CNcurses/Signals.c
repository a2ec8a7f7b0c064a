// Signals, death and waiting: whatever ends the program, the terminal is whole afterwards.
#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "CNcurses.h"
#include "Terminal.h"

int cn_tty = -1;

static struct termios modes_before;
/// The terminal is ours and must be given back.
static atomic_bool is_guarded;

static char restore_bytes[512];
static size_t restore_count;

/// The event descriptor that ends a wait; made once, so that a late cn_wake does no harm.
static int event = -1;
static atomic_bool was_woken;
static atomic_bool was_resized;
static atomic_bool stop_asked;
static atomic_bool was_continued;
/// An end that was asked for and not yet heard of, and the last one that was.
static atomic_int end_signal;
static int last_end_signal;

/// What stderr was before, and the memory file that it is meanwhile; -1 when it is left alone.
static int stderr_before = -1;
static int stderr_file = -1;

void cn_write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void cn_restore_clear(void) {
    restore_count = 0;
}

void cn_restore_add(const char *bytes) {
    for (const char *byte = bytes; *byte != '\0'; byte++) {
        // $<5/> is a delay for terminals of steel.
        if (byte[0] == '$' && byte[1] == '<') {
            const char *end = strchr(byte, '>');
            if (end != NULL) {
                byte = end;
                continue;
            }
        }
        if (restore_count < sizeof restore_bytes) restore_bytes[restore_count++] = *byte;
    }
}

void cn_wake(void) {
    int fault = errno;
    atomic_store(&was_woken, true);
    uint64_t one = 1;
    if (event >= 0 && write(event, &one, sizeof one) < 0) { /* full: it is awake already */ }
    errno = fault;
}

/// Ends the present wait from a signal handler.
static void ring(void) {
    int fault = errno;
    uint64_t one = 1;
    if (write(event, &one, sizeof one) < 0) { /* full: it is awake already */ }
    errno = fault;
}

// MARK: stderr

/// Sends stderr to a memory file while a screen stands where it would be printed.
static void capture_stderr(void) {
    if (!isatty(STDERR_FILENO)) return;
    stderr_file = memfd_create("stderr", MFD_CLOEXEC);
    if (stderr_file < 0) return;
    stderr_before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (stderr_before < 0 || dup2(stderr_file, STDERR_FILENO) < 0) {
        close(stderr_file);
        stderr_file = -1;
    }
}

/// Puts stderr back and prints the last 16 KiB of what was written meanwhile. Safe in a signal handler.
static void release_stderr(void) {
    if (stderr_file < 0) return;
    dup2(stderr_before, STDERR_FILENO);
    const off_t most = 16384;
    off_t size = lseek(stderr_file, 0, SEEK_END);
    lseek(stderr_file, size > most ? size - most : 0, SEEK_SET);
    char bytes[1024];
    ssize_t count;
    while ((count = read(stderr_file, bytes, sizeof bytes)) > 0) {
        cn_write_all(STDERR_FILENO, bytes, (size_t)count);
    }
    close(stderr_file);
    close(stderr_before);
    stderr_file = stderr_before = -1;
}

// MARK: death

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
enum { FATAL_COUNT = sizeof fatal / sizeof *fatal };
static struct sigaction actions_before[FATAL_COUNT];

/// Gives the terminal back without ncurses. Safe in a signal handler; only the first call does anything.
static void restore_now(void) {
    if (!atomic_exchange(&is_guarded, false)) return;
    // In the background, tcsetattr would stop the process instead of restoring.
    sigset_t background;
    sigemptyset(&background);
    sigaddset(&background, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &background, NULL);
    cn_write_all(cn_tty, restore_bytes, restore_count);
    tcsetattr(cn_tty, TCSANOW, &modes_before);
    release_stderr();
}

/// For the signals of a bug: restore, then hand on to who was there before (Swift's backtrace, or the core dump).
static void on_fatal(int number, siginfo_t *info, void *context) {
    bool was_ours = atomic_load(&is_guarded);
    restore_now();
    if (was_ours) {
        static const char words[] = "porthole ended by a fatal signal; the terminal is as it was\n";
        cn_write_all(STDERR_FILENO, words, sizeof words - 1);
    }
    struct sigaction next = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (fatal[i] == number) next = actions_before[i];
    }
    sigaction(number, &next, NULL);
    if ((next.sa_flags & SA_SIGINFO) != 0 && next.sa_sigaction != NULL) {
        next.sa_sigaction(number, info, context);
    }
    // Still here: die of the very signal, so that the status tells.
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigaction(number, &standard, NULL);
    raise(number);
}

/// Installs on_fatal on a stack of its own, for the stack may be what overflowed.
static void watch_fatal_signals(void) {
    static char stack[65536];
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE) != 0) {
        stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
        sigaltstack(&own, NULL);
    }
    struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &action, &actions_before[i]);
}

/// Puts the handlers of fatal signals back as they were.
static void unwatch_fatal_signals(void) {
    for (size_t i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &actions_before[i], NULL);
}

_Noreturn void cn_die_of(int32_t number) {
    cn_close();
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigaction(number, &standard, NULL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
    // A signal whose default is not death.
    _exit(128 + number);
}

// MARK: signals that ask

/// Asks the loop to end; a second request, while the first is unheard, ends at once.
static void on_end_request(int number) {
    int none = 0;
    if (!atomic_compare_exchange_strong(&end_signal, &none, number)) {
        restore_now();
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

/// Installs the handlers of the signals that ask. One that was ignored (nohup) stays so.
static void watch_requests(void) {
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        struct sigaction action = {.sa_handler = requests[i].handler, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        sigaction(requests[i].number, NULL, &requests_before[i]);
        if (requests_before[i].sa_handler == SIG_IGN && requests[i].handler == on_end_request) continue;
        sigaction(requests[i].number, &action, NULL);
    }
}

/// Puts the handlers of the signals that ask back as they were.
static void unwatch_requests(void) {
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

// MARK: the watch

int cn_guard(int tty, const struct termios *before) {
    static bool is_registered;
    if (event < 0) event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (event < 0) return -1;
    cn_tty = tty;
    modes_before = *before;
    atomic_store(&end_signal, 0);
    if (!is_registered) atexit(cn_close);
    is_registered = true;
    capture_stderr();
    atomic_store(&is_guarded, true);
    watch_fatal_signals();
    watch_requests();
    return 0;
}

void cn_unguard(void) {
    if (atomic_exchange(&is_guarded, false)) {
        // endwin restored what ncurses saw; this is what the shell had.
        tcsetattr(cn_tty, TCSANOW, &modes_before);
        release_stderr();
    }
    unwatch_requests();
    unwatch_fatal_signals();
    close(cn_tty);
    cn_tty = -1;
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
