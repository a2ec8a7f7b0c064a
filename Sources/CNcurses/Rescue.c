// Whatever ends the program, the terminal is whole afterwards.
#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
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

/// Those of a bug, and those that nobody sends us and that would end us where we stand.
static const int fatal[] = {SIGSEGV, SIGBUS,  SIGILL,  SIGTRAP, SIGFPE,  SIGABRT,
                            SIGQUIT, SIGSYS,  SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM};
enum { FATAL_COUNT = sizeof fatal / sizeof *fatal };
static struct sigaction actions_before[FATAL_COUNT];

void cn_restore_now(void) {
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

/// Whether Swift's backtrace comes after ours. Unless it is asked for, it stays out: on a terminal it waits half a minute
/// for a key before the process may die.
static bool hands_on;

/// For the signals above: restore, then hand on to who was there before, or die at once.
static void on_fatal(int number, siginfo_t *info, void *context) {
    bool was_ours = atomic_load(&is_guarded);
    cn_restore_now();
    if (was_ours) {
        static const char words[] =
            "porthole ended by a fatal signal; the terminal is as it was. SWIFT_BACKTRACE=enable=yes shows more.\n";
        cn_write_all(STDERR_FILENO, words, sizeof words - 1);
    }
    struct sigaction next = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (hands_on && fatal[i] == number) next = actions_before[i];
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
    hands_on = getenv("SWIFT_BACKTRACE") != NULL;
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

// MARK: the watch

int cn_guard(int tty, const struct termios *before) {
    static bool is_registered;
    if (cn_make_bell() != 0) return -1;
    cn_tty = tty;
    modes_before = *before;
    if (!is_registered) atexit(cn_close);
    is_registered = true;
    capture_stderr();
    atomic_store(&is_guarded, true);
    watch_fatal_signals();
    cn_watch_requests();
    return 0;
}

void cn_unguard(void) {
    if (atomic_exchange(&is_guarded, false)) {
        // endwin restored what ncurses saw; this is what the shell had.
        tcsetattr(cn_tty, TCSANOW, &modes_before);
        release_stderr();
    }
    cn_unwatch_requests();
    unwatch_fatal_signals();
    close(cn_tty);
    cn_tty = -1;
}
