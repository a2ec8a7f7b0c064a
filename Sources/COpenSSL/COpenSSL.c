// Settings, connections and the moving of bytes.
#include <stdio.h>
#include <string.h>

#include "Connection.h"

static TLSConnection *owner(const SSL *ssl) { return SSL_get_app_data(ssl); }

// MARK: callbacks

static int record_verdict(int agreed, X509_STORE_CTX *store) {
    if (!agreed) {
        TLSConnection *connection = owner(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        if (connection->objection_count < MOST_OBJECTIONS) {
            connection->objections[connection->objection_count++] = (TLSObjection){
                .depth = X509_STORE_CTX_get_error_depth(store), .code = X509_STORE_CTX_get_error(store)};
        }
        X509_STORE_CTX_set_error(store, X509_V_OK);  // or what is asked later about the chain is hidden by this one
    }
    return 1;
}

static void record_alert(const SSL *ssl, int where, int value) {
    if (!(where & SSL_CB_ALERT)) return;
    TLSAlert alert = {.level = value >> 8, .description = value & 0xff};
    if (where & SSL_CB_READ) owner(ssl)->received = alert;
    else owner(ssl)->sent = alert;
}

static int refuse_to_prompt(char *buffer, int size, int writing, void *unused) {
    (void)buffer, (void)size, (void)writing, (void)unused;
    return -1;  // the default would ask on the terminal
}

// MARK: settings

static TLSContext *context_new(int is_server) {
    if (openssl_library()->fault) return NULL;  // tls_take_errors() tells
    TLSContext *context = OPENSSL_zalloc(sizeof *context);
    if (!context) return NULL;
    context->is_server = is_server;
    context->ssl = SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method());
    if (!context->ssl) {
        tls_context_free(context);
        return NULL;
    }
    SSL_CTX_set_options(context->ssl, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_clear_options(context->ssl, SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_default_passwd_cb(context->ssl, refuse_to_prompt);
    SSL_CTX_set_info_callback(context->ssl, record_alert);
    SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_OFF);
    if (!is_server) SSL_CTX_set_verify(context->ssl, SSL_VERIFY_NONE, record_verdict);
    return context;
}

TLSContext *tls_client_context_new(void) { return context_new(0); }
TLSContext *tls_server_context_new(void) { return context_new(1); }

void tls_context_free(TLSContext *context) {
    if (context) {
        SSL_SESSION_free(context->latest);
        SSL_CTX_free(context->ssl);
    }
    OPENSSL_free(context);
}

int tls_context_set_versions(TLSContext *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context->ssl, minimum) && SSL_CTX_set_max_proto_version(context->ssl, maximum);
}

int tls_context_set_ciphers(TLSContext *context, const char *list) { return SSL_CTX_set_cipher_list(context->ssl, list); }

void tls_context_set_security_level(TLSContext *context, int level) {
    SSL_CTX_set_security_level(context->ssl, level);
}

int tls_context_trust_system(TLSContext *context) { return SSL_CTX_set_default_verify_paths(context->ssl); }
int tls_context_trust_file(TLSContext *context, const char *path) { return SSL_CTX_load_verify_file(context->ssl, path); }

int tls_context_use_certificate(TLSContext *context, const char *certificate_path, const char *key_path) {
    ERR_clear_error();
    return SSL_CTX_use_certificate_chain_file(context->ssl, certificate_path) == 1 &&
        SSL_CTX_use_PrivateKey_file(context->ssl, key_path, SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_check_private_key(context->ssl) == 1;
}

void tls_context_ask_for_certificate(TLSContext *server) {
    static const unsigned char name[] = "porthole";  // a server that asks must name its sessions
    SSL_CTX_set_session_id_context(server->ssl, name, sizeof name - 1);
    SSL_CTX_set_verify(server->ssl, SSL_VERIFY_PEER, record_verdict);
}

// MARK: resumption

static int keep_session(SSL *ssl, SSL_SESSION *session) {
    TLSContext *context = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    SSL_SESSION_free(__atomic_exchange_n(&context->latest, session, __ATOMIC_ACQ_REL));
    return 1;  // the reference is ours now
}

void tls_context_keep_sessions(TLSContext *client) {
    SSL_CTX_set_app_data(client->ssl, client);
    SSL_CTX_set_session_cache_mode(client->ssl, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(client->ssl, keep_session);
}

int tls_connection_resume(TLSConnection *connection, TLSContext *context) {
    SSL_SESSION *session = __atomic_exchange_n(&context->latest, NULL, __ATOMIC_ACQ_REL);
    if (!session) return 0;
    int done = SSL_SESSION_is_resumable(session) && SSL_set_session(connection->ssl, session);
    SSL_SESSION_free(session);
    return done;
}

// MARK: one connection

TLSConnection *tls_connection_new(TLSContext *context) {
    TLSConnection *connection = OPENSSL_zalloc(sizeof *connection);
    if (!connection) return NULL;
    connection->ssl = SSL_new(context->ssl);
    connection->incoming = BIO_new(BIO_s_mem());
    connection->outgoing = BIO_new(BIO_s_mem());
    if (!connection->ssl || !connection->incoming || !connection->outgoing) {
        BIO_free(connection->incoming);
        BIO_free(connection->outgoing);
        tls_connection_free(connection);
        return NULL;
    }
    BIO_set_mem_eof_return(connection->incoming, -1);  // empty means "not yet", until tls_end_ciphertext()
    BIO_set_mem_eof_return(connection->outgoing, -1);
    SSL_set_bio(connection->ssl, connection->incoming, connection->outgoing);
    SSL_set_app_data(connection->ssl, connection);
    if (context->is_server) SSL_set_accept_state(connection->ssl);
    else SSL_set_connect_state(connection->ssl);
    return connection;
}

void tls_connection_free(TLSConnection *connection) {
    if (connection) SSL_free(connection->ssl);
    OPENSSL_free(connection);
}

int tls_connection_set_server_name(TLSConnection *connection, const char *name) {
    return (int)SSL_set_tlsext_host_name(connection->ssl, name);
}

int tls_connection_expect_host(TLSConnection *connection, const char *name) {
    SSL_set_hostflags(connection->ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(connection->ssl, name);
}

int tls_connection_expect_address(TLSConnection *connection, const char *address) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection->ssl), address);
}

// MARK: moving bytes

int tls_feed_ciphertext(TLSConnection *connection, const uint8_t *bytes, size_t count) {
    size_t written = 0;
    if (count == 0) return 1;
    return BIO_write_ex(connection->incoming, bytes, count, &written) == 1 && written == count;
}

void tls_end_ciphertext(TLSConnection *connection) { BIO_set_mem_eof_return(connection->incoming, 0); }

size_t tls_pending_ciphertext(const TLSConnection *connection) { return BIO_ctrl_pending(connection->outgoing); }

size_t tls_take_ciphertext(TLSConnection *connection, uint8_t *bytes, size_t capacity) {
    size_t taken = 0;
    return BIO_read_ex(connection->outgoing, bytes, capacity, &taken) == 1 ? taken : 0;
}

static TLSStep step(const TLSConnection *connection, int result) {
    switch (SSL_get_error(connection->ssl, result)) {
    case SSL_ERROR_NONE: return TLSStepDone;
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return TLSStepWantIO;
    case SSL_ERROR_ZERO_RETURN: return TLSStepClosed;
    default:
        return ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING ? TLSStepTruncated : TLSStepError;
    }
}

TLSStep tls_handshake(TLSConnection *connection) {
    ERR_clear_error();  // SSL_get_error() reads the thread's queue: what another connection left there would be ours
    return step(connection, SSL_do_handshake(connection->ssl));
}

TLSStep tls_read(TLSConnection *connection, uint8_t *bytes, size_t capacity, size_t *count) {
    ERR_clear_error();
    *count = 0;
    return step(connection, SSL_read_ex(connection->ssl, bytes, capacity, count));
}

TLSStep tls_write(TLSConnection *connection, const uint8_t *bytes, size_t count) {
    size_t written = 0;
    ERR_clear_error();
    return count == 0 ? TLSStepDone : step(connection, SSL_write_ex(connection->ssl, bytes, count, &written));
}

void tls_shutdown(TLSConnection *connection) {
    if (connection->is_shut_down || !SSL_is_init_finished(connection->ssl)) return;
    connection->is_shut_down = 1;
    ERR_clear_error();
    SSL_shutdown(connection->ssl);
    ERR_clear_error();
}

size_t tls_take_errors(char *text, size_t capacity) {
    size_t length = 0;
    unsigned long code;
    if (capacity == 0) return 0;
    text[0] = 0;
    if (openssl_library()->fault) {
        int needed = snprintf(text, capacity, "%s", openssl_library()->fault);
        return needed > 0 && (size_t)needed < capacity ? (size_t)needed : strlen(text);
    }
    while ((code = ERR_get_error()) != 0) {
        const char *reason = ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code)) : ERR_reason_error_string(code);
        if (!reason) reason = "unnamed error";
        size_t needed = strlen(reason) + (length ? 2 : 0);
        if (length + needed >= capacity) continue;  // still empties the queue
        if (length) memcpy(text + length, "; ", 2);
        memcpy(text + length + needed - strlen(reason), reason, strlen(reason) + 1);
        length += needed;
    }
    return length;
}
