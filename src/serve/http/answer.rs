//! One request → its answer. In: what was asked for, and the scene that is shown. Out: [`Answer`]: status, headers, bytes.
//! [`answer`] is the entry; it is called on threads that may work for a while.

use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
    header::{self, HeaderMap, HeaderName, HeaderValue},
};

use super::{
    address::{self, Address},
    headers,
    partial::{self, Part},
};
use crate::{
    model::{Digest, route::Route},
    serve::{
        Server, reload,
        shown::{Found, Shot},
    },
};

/// What a request asks for.
#[derive(Debug)]
pub(super) struct Asked {
    path: String,
    query: Option<String>,
    if_none_match: Option<String>,
    if_range: Option<String>,
    range: Option<String>,
}

/// What is answered.
#[derive(Debug)]
pub(in crate::serve) struct Answer {
    pub(in crate::serve) status: StatusCode,
    pub(in crate::serve) headers: HeaderMap,
    pub(in crate::serve) body: Bytes,
}

impl Asked {
    /// Takes what matters out of a request.
    pub(super) fn of(request: &Request<Incoming>) -> Self {
        let value = |name: HeaderName| {
            request.headers().get(name).and_then(|it| it.to_str().ok()).map(str::to_owned)
        };
        Self {
            path: request.uri().path().to_owned(),
            query: request.uri().query().map(str::to_owned),
            if_none_match: value(header::IF_NONE_MATCH),
            if_range: value(header::IF_RANGE),
            range: value(header::RANGE),
        }
    }
}

impl Answer {
    /// A line of text.
    pub(super) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Self {
        let answer = Self { status, headers: HeaderMap::new(), body: text.into() };
        answer
            .with(header::CONTENT_TYPE, "text/plain; charset=utf-8")
            .with(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .with(header::CACHE_CONTROL, "no-store")
    }

    /// The same with one more header; one that cannot be sent is left out.
    pub(in crate::serve) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    fn moved(status: StatusCode, to: &str) -> Self {
        Self::plain(status, format!("it is at {to}\n")).with(header::LOCATION, to)
    }
}

/// Answers a request.
pub(super) fn answer(server: &Server, asked: &Asked) -> Answer {
    if let Some(own) = reload::own_file(server, &asked.path) {
        return finish(own, asked);
    }
    let (scene, _) = server.shown.now();
    let base = scene.base_path();
    match address::read(&asked.path, base) {
        Address::File(file) => at(server, asked, &file),
        Address::Elsewhere if asked.path == "/" || format!("{}/", asked.path) == base => {
            Answer::moved(StatusCode::FOUND, base)
        }
        Address::Elsewhere | Address::Bad => not_found(server, asked),
    }
}

/// What is in a file of the site.
fn at(server: &Server, asked: &Asked, file: &str) -> Answer {
    match server.shown.page(file) {
        Found::Shot(shot) => shown(server, asked, file, shot, StatusCode::OK),
        Found::Moved(to) => {
            let (scene, _) = server.shown.now();
            Answer::moved(StatusCode::MOVED_PERMANENTLY, &scene.url(&to))
                .with(header::CACHE_CONTROL, "no-cache")
        }
        Found::Fault(fault, number) => {
            server.report(file, fault.clone());
            let page = reload::page::faulty(server, number, &fault);
            let answer = Answer::plain(StatusCode::INTERNAL_SERVER_ERROR, page);
            answer.with(header::CONTENT_TYPE, "text/html; charset=utf-8")
        }
        Found::Nothing => {
            // A folder is meant: hosts add the slash, so that links on its page lead where they should.
            let folder = format!("{file}/index.html");
            let is_folder =
                !asked.path.ends_with('/') && !matches!(server.shown.page(&folder), Found::Nothing);
            if is_folder {
                let query = asked.query.as_ref().map_or_else(String::new, |it| format!("?{it}"));
                let to = format!("{}/{query}", asked.path);
                return Answer::moved(StatusCode::MOVED_PERMANENTLY, &to)
                    .with(header::CACHE_CONTROL, "no-cache");
            }
            not_found(server, asked)
        }
    }
}

/// The site's page for what is not there.
fn not_found(server: &Server, asked: &Asked) -> Answer {
    match server.shown.page("404.html") {
        Found::Shot(shot) => shown(server, asked, "404.html", shot, StatusCode::NOT_FOUND),
        _ => Answer::plain(StatusCode::NOT_FOUND, "there is nothing here\n"),
    }
}

/// An output, as it is sent.
fn shown(server: &Server, asked: &Asked, file: &str, shot: Shot, status: StatusCode) -> Answer {
    if let Some(fault) = &shot.fault {
        server.report(file, fault.clone());
    }
    let mut headers = HeaderMap::new();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(headers::media_type(file)));
    for (name, value) in &headers_of(server, file) {
        headers.insert(name.clone(), value.clone());
    }
    let is_page = file.ends_with(".html");
    let body = if is_page { reload::page::dressed(server, &shot) } else { shot.bytes };
    if server.shown.is_watched() {
        if is_page {
            headers::admit_own_script(&mut headers);
        }
        // Whatever a host may keep for an hour is another file after the next change.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    finish(Answer { status, headers, body }, asked)
}

/// What of an answer is sent: all of it, a part, or nothing that the browser has already.
fn finish(mut answer: Answer, asked: &Asked) -> Answer {
    let tag = format!("\"{}\"", &Digest::of(&answer.body).to_string()[..20]);
    answer = answer.with(header::ETAG, &tag);
    if answer.status != StatusCode::OK {
        return answer;
    }
    if partial::is_known(asked.if_none_match.as_deref(), &tag) {
        answer.status = StatusCode::NOT_MODIFIED;
        answer.body = Bytes::new();
        return answer;
    }
    let len = answer.body.len();
    let mut answer = answer.with(header::ACCEPT_RANGES, "bytes");
    match partial::range(asked.range.as_deref(), asked.if_range.as_deref(), (&tag, len)) {
        Part::Whole => answer,
        Part::Bytes(range) => {
            let said = format!("bytes {}-{}/{len}", range.start, range.end - 1);
            answer.status = StatusCode::PARTIAL_CONTENT;
            answer.body = answer.body.slice(range);
            answer.with(header::CONTENT_RANGE, &said)
        }
        Part::None => {
            Answer::plain(StatusCode::RANGE_NOT_SATISFIABLE, "there are not so many bytes\n")
                .with(header::CONTENT_RANGE, &format!("bytes */{len}"))
        }
    }
}

/// What the site's `_headers` say of an output's own address.
fn headers_of(server: &Server, file: &str) -> HeaderMap {
    let (scene, _) = server.shown.now();
    match server.shown.page("_headers") {
        Found::Shot(shot) => server.rules.of(&shot.bytes).of(&scene.url(&Route::of_file(file))),
        _ => HeaderMap::new(),
    }
}
