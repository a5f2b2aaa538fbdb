// HTTP by GNU libmicrohttpd: one thread has all connections, workers answer, a watch closes what takes too long.
#define _GNU_SOURCE
#include "codira_http_entry.h"

#include <errno.h>

#if __has_include(<microhttpd.h>)

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { MOST_HEADERS = 64, HEAD_MEMORY = 32 * 1024, MOST_WORKERS = 16 };

// A connection, for the watch.
typedef struct connection {
  struct connection *next, **place;
  int socket;
  time_t since;      // of waiting for the next whole request
  int is_answered;   // a request is whole and has no complete answer yet
} connection;

struct codira_http_exchange {
  struct MHD_Connection *connection;
  codira_http_request request;
  codira_http_header headers[MOST_HEADERS];
  uint8_t *body;
  size_t capacity;
  struct MHD_Response *response;
  unsigned status;
  int is_handed_over;
  struct codira_http_exchange *next;  // in the queue of the workers
};

static codira_http_options options;
static struct MHD_Daemon *daemon_;
static pthread_t workers[MOST_WORKERS], watch;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER, waken = PTHREAD_COND_INITIALIZER;
// Guarded by the lock.
static codira_http_exchange *first, **last = &first;
static connection *connections;
static int is_stopping;

static time_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec;
}

// MARK: Responses

static void respond(codira_http_exchange *exchange, unsigned status, const codira_http_header *headers,
                    size_t header_count, const uint8_t *body, size_t body_size) {
  if (exchange->response) return;
  exchange->response = MHD_create_response_from_buffer(body_size, (void *)body, MHD_RESPMEM_MUST_COPY);
  exchange->status = status;
  for (size_t i = 0; exchange->response && i < header_count; i++)
    MHD_add_response_header(exchange->response, headers[i].name, headers[i].value);
}

static enum MHD_Result send_response(codira_http_exchange *exchange) {
  if (!exchange->response) return MHD_NO;
  return MHD_queue_response(exchange->connection, exchange->status, exchange->response);
}

// MARK: Workers

static void *work_on_requests(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!first && !is_stopping) pthread_cond_wait(&work, &lock);
    codira_http_exchange *exchange = first;
    if (!exchange) break;
    first = exchange->next;
    if (!first) last = &first;
    pthread_mutex_unlock(&lock);
    options.answer(options.context, exchange, &exchange->request);
    MHD_resume_connection(exchange->connection);
    pthread_mutex_lock(&lock);
  }
  pthread_mutex_unlock(&lock);
  return NULL;
}

static enum MHD_Result hand_over(codira_http_exchange *exchange) {
  pthread_mutex_lock(&lock);
  int is_taken = !is_stopping;
  if (is_taken) {
    MHD_suspend_connection(exchange->connection);
    exchange->next = NULL;
    *last = exchange;
    last = &exchange->next;
    pthread_cond_signal(&work);
  }
  pthread_mutex_unlock(&lock);
  return is_taken ? MHD_YES : MHD_NO;
}

// MARK: Connections

static connection *watched(struct MHD_Connection *of) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(of, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

static void set_answered(struct MHD_Connection *of, int is_answered) {
  connection *it = watched(of);
  if (!it) return;
  pthread_mutex_lock(&lock);
  it->is_answered = is_answered;
  it->since = now();
  pthread_mutex_unlock(&lock);
}

static void note_connection(void *unused, struct MHD_Connection *of, void **context,
                            enum MHD_ConnectionNotificationCode code) {
  (void)unused;
  pthread_mutex_lock(&lock);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(of, MHD_CONNECTION_INFO_CONNECTION_FD);
    connection *it = info ? calloc(1, sizeof *it) : NULL;
    if (it) {
      *it = (connection){.next = connections, .place = &connections, .socket = info->connect_fd, .since = now()};
      if (connections) connections->place = &it->next;
      connections = it;
      pthread_cond_signal(&waken);
    }
    *context = it;
  } else if (*context) {
    connection *it = *context;
    *it->place = it->next;
    if (it->next) it->next->place = it->place;
    free(it);
    *context = NULL;
  }
  pthread_mutex_unlock(&lock);
}

// Inactivity alone would let a client that sends a byte now and then hold a connection for ever.
static void *watch_connections(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  while (!is_stopping) {
    if (!connections) {
      pthread_cond_wait(&waken, &lock);
      continue;
    }
    time_t oldest = now() - (time_t)options.seconds;
    for (connection *it = connections; it; it = it->next)
      if (!it->is_answered && it->since < oldest) shutdown(it->socket, SHUT_RDWR);
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_sec += options.seconds / 4 + 1;
    pthread_cond_timedwait(&waken, &lock, &time);
  }
  pthread_mutex_unlock(&lock);
  return NULL;
}

// MARK: Requests

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  codira_http_exchange *exchange = context;
  exchange->headers[exchange->request.header_count++] = (codira_http_header){name, value ? value : ""};
  return MHD_YES;
}

static enum MHD_Result begin(struct MHD_Connection *connection, const char *path, const char *method,
                             void **context) {
  if (MHD_get_connection_values(connection, MHD_HEADER_KIND, NULL, NULL) > MOST_HEADERS) return MHD_NO;
  codira_http_exchange *exchange = calloc(1, sizeof *exchange);
  if (!exchange) return MHD_NO;
  *context = exchange;
  exchange->connection = connection;
  exchange->request.method = method;
  exchange->request.path = path;
  exchange->request.headers = exchange->headers;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, exchange);
  options.admit(options.context, exchange, &exchange->request);
  return exchange->response ? send_response(exchange) : MHD_YES;
}

static enum MHD_Result take_body(codira_http_exchange *exchange, const char *bytes, size_t *size) {
  size_t used = exchange->request.body_size;
  if (*size > options.body_limit - used) return MHD_NO;
  if (*size > exchange->capacity - used) {
    size_t capacity = 2 * exchange->capacity + *size;
    uint8_t *body = realloc(exchange->body, capacity);
    if (!body) return MHD_NO;
    exchange->body = body;
    exchange->capacity = capacity;
  }
  memcpy(exchange->body + used, bytes, *size);
  exchange->request.body = exchange->body;
  exchange->request.body_size = used + *size;
  *size = 0;
  return MHD_YES;
}

// Called when the head is there, with each piece of the body, at its end, and when a worker has answered.
static enum MHD_Result handle(void *unused, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *bytes, size_t *size,
                              void **context) {
  (void)unused;
  (void)version;
  codira_http_exchange *exchange = *context;
  if (!exchange) return begin(connection, path, method, context);
  if (exchange->response) return send_response(exchange);
  if (*size > 0) return take_body(exchange, bytes, size);
  if (exchange->is_handed_over) return MHD_NO;
  exchange->is_handed_over = 1;
  set_answered(connection, 1);
  return hand_over(exchange);
}

static void complete(void *unused, struct MHD_Connection *connection, void **context,
                     enum MHD_RequestTerminationCode code) {
  (void)unused;
  (void)code;
  codira_http_exchange *exchange = *context;
  set_answered(connection, 0);
  if (!exchange) return;
  if (exchange->response) MHD_destroy_response(exchange->response);
  free(exchange->body);
  free(exchange);
  *context = NULL;
}

// MARK: Beginning and end

static int socket_address(struct sockaddr_storage *storage) {
  struct sockaddr_in *four = (struct sockaddr_in *)storage;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)storage;
  memset(storage, 0, sizeof *storage);
  if (inet_pton(AF_INET, options.address, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(options.port);
    return 0;
  }
  if (inet_pton(AF_INET6, options.address, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(options.port);
    return 0;
  }
  return EINVAL;
}

static int start(const codira_http_options *given) {
  options = *given;
  is_stopping = 0;
  if (options.workers > MOST_WORKERS) options.workers = MOST_WORKERS;
  struct sockaddr_storage address;
  int failure = socket_address(&address);
  if (failure) return failure;
  unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  if (address.ss_family == AF_INET6) flags |= MHD_USE_IPv6;
  errno = 0;
  daemon_ = MHD_start_daemon(flags, options.port, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR, &address,
                             MHD_OPTION_CONNECTION_LIMIT, options.connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                             (size_t)HEAD_MEMORY, MHD_OPTION_NOTIFY_COMPLETED, complete, NULL,
                             MHD_OPTION_NOTIFY_CONNECTION, note_connection, NULL, MHD_OPTION_END);
  if (!daemon_) return errno ? errno : EADDRINUSE;
  for (unsigned i = 0; i < options.workers; i++) {
    failure = pthread_create(&workers[i], NULL, work_on_requests, NULL);
    if (failure) return failure;
  }
  return pthread_create(&watch, NULL, watch_connections, NULL);
}

static uint16_t port(void) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

static void stop(void) {
  pthread_mutex_lock(&lock);
  is_stopping = 1;
  pthread_cond_broadcast(&work);
  pthread_cond_broadcast(&waken);
  pthread_mutex_unlock(&lock);
  for (unsigned i = 0; i < options.workers; i++) pthread_join(workers[i], NULL);
  pthread_join(watch, NULL);
  MHD_stop_daemon(daemon_);
}

#else

static int start(const codira_http_options *given) {
  (void)given;
  return ENOSYS;
}

static uint16_t port(void) { return 0; }

static void respond(codira_http_exchange *exchange, unsigned status, const codira_http_header *headers,
                    size_t header_count, const uint8_t *body, size_t body_size) {
  (void)exchange, (void)status, (void)headers, (void)header_count, (void)body, (void)body_size;
}

static void stop(void) {}

#endif

const codira_http_interface *codira_http_entry(void) {
  static const codira_http_interface interface = {CODIRA_HTTP_INTERFACE, start, port, respond, stop};
  return &interface;
}
