/* The interface of the HTTP server library, which the command loads when it is asked to serve over HTTP.
 *
 * The library knows HTTP and nothing of what is served: it hands over requests and sends what it is given.
 * Callers must have started no server yet, or have stopped it. */
#ifndef CODIRA_HTTP_SERVER_H
#define CODIRA_HTTP_SERVER_H

#include <stddef.h>
#include <stdint.h>

/* The version of this interface; the library and the command must agree on it. */
#define CODIRA_HTTP_INTERFACE 1

/* A header's name and value, as they came. */
typedef struct {
  const char *name;
  const char *value;
} codira_http_header;

/* A request being answered; belongs to the library. */
typedef struct codira_http_exchange codira_http_exchange;

/* What was asked; valid during the call that it is handed to. */
typedef struct {
  const char *method;
  const char *path;
  const codira_http_header *headers;
  size_t header_count;
  const uint8_t *body;
  size_t body_size;
} codira_http_request;

typedef struct {
  const char *address; /* IPv4 or IPv6, in digits */
  uint16_t port;       /* 0: any that is free */
  size_t body_limit;   /* a longer body closes the connection */
  unsigned workers;    /* threads that call `answer` */
  unsigned connections; /* more are not accepted */
  unsigned seconds;     /* in which a request must have arrived; an idle connection is closed after them, too */
  void *context;        /* handed to both functions */
  /* Called with a request without its body, from the thread of all connections: responds, or lets the body come. */
  void (*admit)(void *context, codira_http_exchange *exchange, const codira_http_request *request);
  /* Called with a whole request from a worker: responds. */
  void (*answer)(void *context, codira_http_exchange *exchange, const codira_http_request *request);
} codira_http_options;

typedef struct {
  uint32_t version;
  /* Starts to serve; 0, or an errno, ENOSYS where the library was built without one to speak HTTP with. */
  int (*start)(const codira_http_options *options);
  /* The port that is served. */
  uint16_t (*port)(void);
  /* Gives an exchange its one response; everything is copied. */
  void (*respond)(codira_http_exchange *exchange, unsigned status, const codira_http_header *headers,
                  size_t header_count, const uint8_t *body, size_t body_size);
  /* Finishes the requests being answered, and ends. */
  void (*stop)(void);
} codira_http_interface;

/* The one function that the library exports. */
typedef const codira_http_interface *(*codira_http_entry_function)(void);
#define CODIRA_HTTP_ENTRY "codira_http_entry"

#endif
