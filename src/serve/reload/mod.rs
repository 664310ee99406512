//! What changed → every browser that looks on. In: changes and faults. Out: one event for each burst, over one connection for
//! each browser ([`hub`], [`stream`]); and what is put into pages to receive them ([`page`]).
//!
//! Nothing of this is in what a build publishes.

pub(super) mod hub;
pub(super) mod page;
pub(super) mod stream;

use hyper::{
    StatusCode,
    body::Bytes,
    header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap},
};

use super::{Server, http::Answer};

/// Where browsers are told. No site has an output there: names that begin with a dot are no sources.
pub(super) const EVENTS: &str = "/.brief/events";
/// The script that listens.
pub(super) const SCRIPT: &str = "/.brief/reload.js";
/// How what is not public is marked.
pub(super) const STYLES: &str = "/.brief/preview.css";

const SCRIPT_TEXT: &str = include_str!("reload.js");

/// A file of the server's own.
pub(super) fn own_file(server: &Server, path: &str) -> Option<Answer> {
    let (media_type, body) = match path {
        SCRIPT if server.shown.is_watched() => {
            ("text/javascript; charset=utf-8", Bytes::from_static(SCRIPT_TEXT.as_bytes()))
        }
        STYLES => ("text/css; charset=utf-8", Bytes::from(page::styles(&server.shown.now().0))),
        _ => return None,
    };
    let answer = Answer { status: StatusCode::OK, headers: HeaderMap::new(), body };
    Some(answer.with(CONTENT_TYPE, media_type).with(CACHE_CONTROL, "no-cache"))
}
