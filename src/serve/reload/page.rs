//! What is put into a page that is served: the script that listens, and the mark of what is not public. In: the bytes of a page.
//! Out: the bytes that are sent. [`dressed`] is the entry.

use hyper::body::Bytes;

use super::{SCRIPT, STYLES};
use crate::{
    diag::Diagnostic,
    link::Reason,
    pipeline::live::Scene,
    serve::{Server, shown::Shot},
    text::html,
};

/// A page as it is sent.
pub(in crate::serve) fn dressed(server: &Server, shot: &Shot) -> Bytes {
    let shows = server.shows_more;
    if !server.shown.is_watched() && !shows {
        return shot.bytes.clone();
    }
    let mut page = shot.bytes.to_vec();
    if server.shown.is_watched() {
        let at = find_last(&page, b"</body>").unwrap_or(page.len());
        insert(&mut page, at, &script(server, shot.number));
    }
    if shows {
        let link = format!("<link rel=\"stylesheet\" href=\"{STYLES}?{}\">\n", shot.number);
        let note = shot.preview.map(|reason| {
            format!("\n<p class=\"brief-preview\" lang=\"en\" dir=\"ltr\">{}</p>", said_of(reason))
        });
        let body = find(&page, b"<body", 0).and_then(|at| find(&page, b">", at));
        if let (Some(at), Some(note)) = (body, note) {
            insert(&mut page, at + 1, &note);
        }
        if let Some(at) = find(&page, b"</head>", 0) {
            insert(&mut page, at, &link);
        }
    }
    Bytes::from(page)
}

/// A page for an output that cannot be made and was never shown.
pub(in crate::serve) fn faulty(server: &Server, number: u64, fault: &Diagnostic) -> String {
    let script = if server.shown.is_watched() { script(server, number) } else { String::new() };
    format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>This page cannot be made</title>\n</head>\n<body>\n<h1>This page cannot be made</h1>\n\
         <p><bdi>{}</bdi></p>\n<p><code>{}:{}</code></p>\n{script}</body>\n</html>\n",
        html::escape(&fault.message),
        html::escape(&fault.file),
        fault.place.line,
    )
}

fn script(server: &Server, number: u64) -> String {
    format!("<script src=\"{SCRIPT}\" data-scene=\"{}\"></script>\n", server.hub.token(number))
}

/// What is said of something that is not public.
fn said_of(reason: Reason) -> String {
    match reason {
        Reason::Draft => "draft: not public".to_owned(),
        Reason::Scheduled(from) => format!("not public before {from}"),
        Reason::Expired(until) => format!("not public after {until}"),
    }
}

/// How what is not public is marked: on its own page, and wherever a link leads to it.
pub(super) fn styles(scene: &Scene) -> String {
    let mut styles = ".brief-preview{margin:0;padding:.4rem 1rem;background:#8a4b00;color:#fff;\
                      font:600 .9rem/1.5 system-ui,sans-serif;text-align:center}\n\
                      @media print{.brief-preview{display:none}}\n"
        .to_owned();
    for (route, reason) in scene.previews() {
        let url = scene.url(&route);
        let mark = match reason {
            Reason::Draft => "draft",
            Reason::Scheduled(_) => "not yet",
            Reason::Expired(_) => "expired",
        };
        // An encoded address holds no quotes.
        styles.push_str(&format!(
            "a[href=\"{url}\"]::after{{content:\"{mark}\";margin-inline-start:.4em;padding:0 .4em;border-radius:.2em;\
             background:#8a4b00;color:#fff;font:600 .75rem/1.5 system-ui,sans-serif;unicode-bidi:isolate;direction:ltr}}\n"
        ));
    }
    styles
}

fn insert(page: &mut Vec<u8>, at: usize, text: &str) {
    page.splice(at..at, text.bytes());
}

fn find(page: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    page.get(from..)?.windows(wanted.len()).position(|it| it == wanted).map(|at| at + from)
}

fn find_last(page: &[u8], wanted: &[u8]) -> Option<usize> {
    page.windows(wanted.len()).rposition(|it| it == wanted)
}
