//! HTTP, as a static host speaks it. In: requests. Out: outputs of the scene that is shown. [`accept`] is the entry.
//!
//! An address is looked up in the plan, never in the file system: nothing but the site's own outputs can be found, however a
//! path is written.

mod address;
mod answer;
pub(super) mod headers;
pub(super) mod listen;
mod partial;

use std::{
    convert::Infallible,
    future::{Future as _, poll_fn},
    net::TcpListener,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::Poll,
    time::Duration,
};

use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{self, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::TcpStream,
    sync::{Notify, Semaphore},
};

pub(super) use self::answer::Answer;
use self::answer::Asked;
use super::{
    Server,
    reload::{self, stream::Body},
};

/// How long the server rests when the system has no more connections to give.
const REST: Duration = Duration::from_millis(50);
/// Connections at one time; more wait until one ends or gives way. Where a system lets a program open 256 files, as some do,
/// enough are left for sources.
const MOST: usize = 200;

/// Answers requests for as long as the program runs.
pub(super) async fn accept(listener: TcpListener, server: Arc<Server>) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(MOST));
    let crowd = Arc::new(Notify::new());
    loop {
        if places.available_permits() == 0 {
            crowd.notify_waiters();
        }
        // It is never closed.
        let place = Arc::clone(&places).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(REST).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (server, crowd) = (Arc::clone(&server), Arc::clone(&crowd));
        tokio::spawn(async move {
            converse(stream, server, &crowd).await;
            drop(place);
        });
    }
}

/// Answers what comes over a connection until it ends. One on which nothing was asked yet gives way to others.
async fn converse(stream: TcpStream, server: Arc<Server>, crowd: &Notify) {
    let has_asked = AtomicBool::new(false);
    let service = service_fn(|request| {
        has_asked.store(true, Relaxed);
        respond(Arc::clone(&server), request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    let (mut connection, mut is_crowded) = (pin!(connection), pin!(crowd.notified()));
    poll_fn(|context| {
        // Browsers close connections whenever they like.
        let has_ended = connection.as_mut().poll(context).is_ready();
        let gives_way = !has_asked.load(Relaxed) && is_crowded.as_mut().poll(context).is_ready();
        if has_ended || gives_way { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

async fn respond(
    server: Arc<Server>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let is_head = request.method() == Method::HEAD;
    let host = host(&request);
    let answer = if request.headers().get_all(header::HOST).iter().count() > 1 {
        Answer::plain(StatusCode::BAD_REQUEST, "a request names one host\n")
    } else if !server.names.know(&host) {
        stranger(&server, &host)
    } else if request.method() != Method::GET && !is_head {
        let answer =
            Answer::plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered\n");
        answer.with(header::ALLOW, "GET, HEAD")
    } else if request.uri().path() == reload::EVENTS && server.shown.is_watched() {
        return Ok(if is_head {
            response(events_head(), true)
        } else {
            reload::stream::open(&server)
        });
    } else {
        let asked = Asked::of(&request);
        let made = tokio::task::spawn_blocking(move || answer::answer(&server, &asked)).await;
        let failed =
            |_| Answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "this page cannot be made\n");
        made.unwrap_or_else(failed)
    };
    Ok(response(answer, is_head))
}

fn events_head() -> Answer {
    Answer::plain(StatusCode::OK, "").with(header::CONTENT_TYPE, "text/event-stream")
}

/// The host that a request names, in its target or its header.
fn host(request: &Request<Incoming>) -> String {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let target = request.uri().authority().map(|it| it.as_str());
    target.or(named).unwrap_or_default().to_owned()
}

/// A request for another host: somebody else's page may be behind it.
fn stranger(server: &Server, host: &str) -> Answer {
    let shown: String = host.chars().filter(|c| !c.is_control()).take(80).collect();
    let origin = server.names.origin();
    let text = format!(
        "this server does not answer for the host `{shown}`; open {origin}, or start it with --bind NAME\n"
    );
    Answer::plain(StatusCode::MISDIRECTED_REQUEST, text)
}

fn response(answer: Answer, is_head: bool) -> Response<Body> {
    let Answer { status, headers, body } = answer;
    let len = body.len();
    let mut response = Response::new(if is_head { Body::default() } else { Body::whole(body) });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    let has_length = status != StatusCode::NOT_MODIFIED;
    if has_length && !response.headers().contains_key(header::CONTENT_LENGTH) {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(len));
    }
    response
}
