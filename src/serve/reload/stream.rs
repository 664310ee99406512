//! The connection over which a browser is told. In: a browser that asks. Out: a [`Body`] that goes on for as long as the browser
//! stays. [`open`] is the entry.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Response,
    body::{Body as HttpBody, Bytes, Frame, SizeHint},
    header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue},
};
use tokio::sync::{broadcast::error::RecvError, mpsc};

use crate::serve::Server;

/// After so much silence a word is said that means nothing: it finds out whether anybody is there.
const SILENCE: Duration = Duration::from_secs(15);

/// What is sent after the headers.
#[derive(Debug)]
pub(in crate::serve) enum Body {
    /// All of it at once, until it is taken.
    Whole(Option<Bytes>),
    /// Piece by piece, as it comes.
    Events(mpsc::Receiver<Bytes>),
}

impl Body {
    /// Bytes that are there.
    pub(in crate::serve) fn whole(bytes: Bytes) -> Self {
        Self::Whole(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Whole(None)
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Events(events) => {
                events.poll_recv(context).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |it| it.len() as u64))
            }
            Self::Events(_) => SizeHint::default(),
        }
    }
}

/// Begins to tell a browser.
pub(in crate::serve) fn open(server: &Arc<Server>) -> Response<Body> {
    let (sender, receiver) = mpsc::channel(8);
    let server = Arc::clone(server);
    tokio::spawn(tell(server, sender));
    let mut response = Response::new(Body::Events(receiver));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Tells one browser until it goes.
async fn tell(server: Arc<Server>, browser: mpsc::Sender<Bytes>) {
    // It listens before it is told what is shown: what happens in between is told twice rather than never.
    let mut events = server.hub.listen();
    let mut next = server.hub.hello(server.shown.now().1);
    while browser.send(Bytes::copy_from_slice(next.as_bytes())).await.is_ok() {
        next = match tokio::time::timeout(SILENCE, events.recv()).await {
            Ok(Ok(event)) => event,
            Ok(Err(RecvError::Lagged(_))) => server.hub.hello(server.shown.now().1),
            Ok(Err(RecvError::Closed)) => return,
            Err(_) => ":\n\n".into(),
        };
    }
}
