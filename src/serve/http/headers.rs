//! The headers of an answer. In: the text of the site's `_headers`, a path, the name of a file. Out: what a host that reads
//! it would send ([`Rules::of`]), and the type of what a file holds ([`media_type`]).

use std::sync::{Arc, Mutex, PoisonError};

use hyper::{
    body::Bytes,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};

/// The rules of a `_headers` file, in its order.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<(String, Vec<(HeaderName, HeaderValue)>)>);

impl Rules {
    /// Reads the file: a path on a line of its own, and below it headers, set in.
    pub(super) fn read(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<(HeaderName, HeaderValue)>)> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if !line.starts_with(char::is_whitespace) {
                rules.push((line.trim().to_owned(), Vec::new()));
            } else if let (Some((name, value)), Some((_, headers))) =
                (line.split_once(':'), rules.last_mut())
            {
                let header = name.trim().parse().ok().zip(HeaderValue::from_str(value.trim()).ok());
                headers.extend(header);
            }
        }
        Self(rules)
    }

    /// The headers of an encoded path; where several rules set one, the last stands.
    pub(super) fn of(&self, path: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (_, set) in self.0.iter().filter(|(pattern, _)| matches(pattern, path)) {
            for (name, value) in set {
                headers.insert(name.clone(), value.clone());
            }
        }
        headers
    }
}

/// The rules that were read last, with the text that they were read from.
#[derive(Debug, Default)]
pub(in crate::serve) struct Known(Mutex<(Bytes, Arc<Rules>)>);

impl Known {
    /// The rules of a text; read again only if it is another.
    pub(super) fn of(&self, text: &Bytes) -> Arc<Rules> {
        // Replaced as a whole, so a panic elsewhere cannot have left half of it.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != *text {
            *known = (text.clone(), Arc::new(Rules::read(&String::from_utf8_lossy(text))));
        }
        Arc::clone(&known.1)
    }
}

/// Whether a path is meant: `*` at the end of a pattern is anything, `:name` is anything but a slash.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, is_open) = match pattern.strip_suffix('*') {
        Some(start) => (start, true),
        None => (pattern, false),
    };
    let mut path = path.split('/');
    let mut pattern = pattern.split('/').peekable();
    while let Some(part) = pattern.next() {
        let Some(name) = path.next() else { return false };
        let is_last = pattern.peek().is_none();
        let fits = match part.strip_prefix(':') {
            Some(_) => !name.is_empty(),
            None if is_last && is_open => return name.starts_with(part),
            None => name == part,
        };
        if !fits {
            return false;
        }
    }
    path.next().is_none()
}

/// Lets a page load what the server adds to it: a script and its connection.
pub(super) fn admit_own_script(headers: &mut HeaderMap) {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok());
    let Some(policy) = policy else { return };
    let mut directives: Vec<(String, Vec<String>)> = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace().map(str::to_owned);
        directives.extend(words.next().map(|name| (name, words.collect())));
    }
    for wanted in ["script-src", "connect-src"] {
        match directives.iter_mut().find(|(name, _)| name == wanted) {
            Some((_, sources)) => {
                sources.retain(|source| source != "'none'" && source != "'self'");
                sources.push("'self'".to_owned());
            }
            None => directives.push((wanted.to_owned(), vec!["'self'".to_owned()])),
        }
    }
    let text = directives.iter().map(|(name, sources)| format!("{name} {}", sources.join(" ")));
    let text = text.map(|it| it.trim_end().to_owned()).collect::<Vec<_>>().join("; ");
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// Extensions of files and what they hold; text with its charset.
const TYPES: [(&str, &str); 34] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("opml", "text/x-opml; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("wasm", "application/wasm"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
];

/// What a file holds, by its name.
pub(super) fn media_type(file: &str) -> &'static str {
    let name = file.rsplit('/').next().unwrap_or(file);
    if matches!(name, "_headers" | "_redirects") {
        return "text/plain; charset=utf-8";
    }
    let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
    let known = TYPES.iter().find(|(it, _)| *it == extension);
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/*\n  X-A: 1\n  Content-Security-Policy: default-src 'none'; script-src 'none'; img-src 'self' https:\n\
                        /topics/:id/feed.xml\n  Content-Type: application/atom+xml; charset=utf-8\n\
                        /media/*\n  X-A: 2\n";

    #[test]
    fn rules_are_those_of_a_host() {
        let rules = Rules::read(TEXT);
        let value = |path, name: &str| {
            rules.of(path).get(name).and_then(|it| it.to_str().ok().map(str::to_owned))
        };
        assert_eq!(value("/", "x-a").as_deref(), Some("1"));
        assert_eq!(value("/media/a/b.png", "x-a").as_deref(), Some("2"));
        let feed = Some("application/atom+xml; charset=utf-8");
        assert_eq!(value("/topics/x/feed.xml", "content-type").as_deref(), feed);
        assert_eq!(value("/topics/x/y/feed.xml", "content-type"), None);
        assert_eq!(value("/topics/feed.xml", "content-type"), None);
    }

    #[test]
    fn the_policy_lets_in_the_servers_own_script_and_no_other() {
        let mut headers = Rules::read(TEXT).of("/");
        admit_own_script(&mut headers);
        let policy = headers.get("content-security-policy").and_then(|it| it.to_str().ok());
        let expected =
            "default-src 'none'; script-src 'self'; img-src 'self' https:; connect-src 'self'";
        assert_eq!(policy, Some(expected));
    }

    #[test]
    fn text_has_its_charset() {
        assert_eq!(media_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("_headers"), "text/plain; charset=utf-8");
        assert_eq!(media_type("a.PNG"), "image/png");
        assert_eq!(media_type("a.b/c"), "application/octet-stream");
    }
}
