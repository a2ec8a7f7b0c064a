// Shared by the files of this target only.
#ifndef CONNECTION_H
#define CONNECTION_H

#include "COpenSSL.h"
#include "OpenSSLLibrary.h"

enum { MOST_OBJECTIONS = 32 };

struct TLSContext {
    SSL_CTX *ssl;
    int is_server;
    SSL_SESSION *latest;  // what the last server gave for coming back; taken and put by atomic exchange
};

struct TLSConnection {
    SSL *ssl;
    BIO *incoming;  // ciphertext from the peer; both BIOs belong to ssl
    BIO *outgoing;
    TLSObjection objections[MOST_OBJECTIONS];
    int objection_count;
    TLSAlert received, sent;
    int is_shut_down;
    char group[64];
};

#endif
