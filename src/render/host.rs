//! Files that speak to crawlers and hosts. In: the settings. Out: `robots.txt`, `_headers`, `_redirects`.
//!
//! Entries: [`robots`], [`headers`], [`redirects`]. The last two are in the form that Netlify, Cloudflare Pages
//! and GitLab Pages read; other hosts ignore them.

use super::desk::Desk;
use crate::model::{
    config::{Assets, HtmlPolicy},
    newsroom::StaticFile,
    route::{self, Route},
};

/// Seconds for which browsers keep a file whose name may get other bytes: an hour.
const SHORT: &str = "public, max-age=3600, must-revalidate";
/// A day: pictures of an article change seldom.
const MEDIA: &str = "public, max-age=86400";
/// A year: the name changes with the bytes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Hosts allow a hundred rules; the fixed ones need eleven.
const FILE_RULES: usize = 80;
/// Languages whose feeds have rules of their own.
const FEED_LANGUAGES: usize = 8;

/// Feeds by path; hosts guess `application/xml` or worse, and feeds need their charset.
const CONTENT_TYPES: [(&str, &str); 7] = [
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("topics/:id/feed.xml", "application/atom+xml; charset=utf-8"),
    ("entities/:id/feed.xml", "application/atom+xml; charset=utf-8"),
    ("stories/:id/feed.xml", "application/atom+xml; charset=utf-8"),
    ("rss.xml", "application/rss+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
    ("feeds.opml", "text/x-opml; charset=utf-8"),
];

/// Writes `/robots.txt`: everything is open, and here are the sitemaps.
pub(super) fn robots(desk: &Desk<'_>, out: &mut Vec<u8>) {
    let index = desk.absolute(&Route::new("/sitemap.xml"));
    out.extend_from_slice(format!("User-agent: *\nAllow: /\n\nSitemap: {index}\n").as_bytes());
    for newsroom in desk.newsroom.in_tongues() {
        let news = desk.absolute(&newsroom.at(route::news_sitemap()));
        out.extend_from_slice(format!("Sitemap: {news}\n").as_bytes());
    }
}

/// Writes `/_headers`: security for every path, content types of feeds, how long files may be kept.
pub(super) fn headers(desk: &Desk<'_>, out: &mut Vec<u8>) {
    let base = desk.newsroom.config.base_path();
    let policy = content_security_policy(desk);
    let everywhere = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Content-Security-Policy", &*policy),
    ];
    rule(&format!("{base}*"), &everywhere, out);
    // Hosts allow a hundred rules: of many languages, the first.
    let config = &desk.newsroom.config;
    for tongue in config.tongues().take(FEED_LANGUAGES) {
        let prefix = config.prefix(tongue);
        let below = prefix.strip_prefix('/').map_or_else(String::new, |tag| format!("{tag}/"));
        for (path, media_type) in CONTENT_TYPES {
            rule(&format!("{base}{below}{path}"), &[("Content-Type", media_type)], out);
        }
    }
    rule(&format!("{base}media/*"), &[("Cache-Control", MEDIA)], out);
    let keep = match desk.newsroom.config.assets {
        Assets::Stable => SHORT,
        Assets::Fingerprint => FOREVER,
    };
    let others = config.languages.len().clamp(1, FEED_LANGUAGES) - 1;
    for file in page_assets(desk).take(FILE_RULES - others * CONTENT_TYPES.len()) {
        rule(&rule_path(desk, &file.route), &[("Cache-Control", keep)], out);
    }
}

/// Writes `/_redirects`: old paths and where they lead, moved for good.
pub(super) fn redirects(desk: &Desk<'_>, pairs: &[(Route, Route)], out: &mut Vec<u8>) {
    for (from, to) in pairs.iter().filter(|(from, to)| from != to) {
        let line = format!("{} {} 301\n", rule_path(desk, from), rule_path(desk, to));
        out.extend_from_slice(line.as_bytes());
    }
}

fn rule(path: &str, headers: &[(&str, &str)], out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{path}\n").as_bytes());
    for (name, value) in headers {
        out.extend_from_slice(format!("  {name}: {value}\n").as_bytes());
    }
}

/// A route as a path in a rule, where `*` and `:name` would be patterns.
fn rule_path(desk: &Desk<'_>, route: &Route) -> String {
    desk.url(route).replace('*', "%2A").replace(':', "%3A")
}

/// Static files that pages load: style sheets, fonts and scripts.
fn page_assets<'a>(desk: &Desk<'a>) -> impl Iterator<Item = &'a StaticFile> {
    let loaded = |path: &str| ends_in(path, &["css", "js", "mjs", "woff2", "woff"]);
    desk.newsroom.statics.iter().filter(move |(path, _)| loaded(path)).map(|(_, file)| file)
}

fn ends_in(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

/// Nothing but the site's own style sheets and fonts, and pictures and sound from anywhere. Scripts only where the
/// site has some of its own; frames only where its editors may write raw HTML. Who looks at a page from within it may
/// read the site's files: without that, Lighthouse takes robots.txt for missing.
fn content_security_policy(desk: &Desk<'_>) -> String {
    let newsroom = desk.newsroom;
    let has_scripts = newsroom.statics.keys().any(|path| ends_in(path, &["js", "mjs"]));
    let scripts = if has_scripts { "'self'" } else { "'none'" };
    let frames = match newsroom.config.html {
        HtmlPolicy::Safe => "",
        HtmlPolicy::Trusted => "; frame-src https:",
    };
    format!(
        "default-src 'none'; script-src {scripts}; connect-src 'self'; style-src 'self'; font-src 'self'; \
         img-src 'self' https: data:; media-src 'self' https:; manifest-src 'self'{frames}; \
         form-action 'self' https:; base-uri 'none'; frame-ancestors 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Digest, route},
        render::feeds::sample::{empty, written_by},
    };

    #[test]
    fn robots_names_the_sitemaps() {
        let robots = written_by(&empty(), robots);
        assert!(robots.contains("Sitemap: https://news.example.org/sitemap.xml\n"));
        assert!(robots.contains("Sitemap: https://news.example.org/news-sitemap.xml\n"));
    }

    #[test]
    fn headers_allow_scripts_only_where_there_are_some() {
        let mut newsroom = empty();
        newsroom.config.base_url = "https://example.org/sub/".to_owned();
        let plain = written_by(&newsroom, headers);
        assert!(plain.starts_with("/sub/*\n  X-Content-Type-Options: nosniff\n"), "{plain}");
        assert!(plain.contains("script-src 'none'"), "{plain}");
        assert!(
            plain.contains("/sub/feed.xml\n  Content-Type: application/atom+xml; charset=utf-8\n")
        );
        let file = |path: &str| StaticFile {
            route: route::static_file(path),
            source: None,
            size: None,
            digest: Digest::default(),
        };
        newsroom.statics =
            std::sync::Arc::new([("search.js".to_owned(), file("search.js"))].into());
        newsroom.config.assets = Assets::Fingerprint;
        let scripted = written_by(&newsroom, headers);
        assert!(scripted.contains("script-src 'self'"), "{scripted}");
        assert!(
            scripted
                .contains("/sub/search.js\n  Cache-Control: public, max-age=31536000, immutable")
        );
    }

    #[test]
    fn redirects_are_paths_and_never_patterns() {
        let pairs = [
            (Route::new("/old \u{642}*:a.html"), Route::new("/new.html")),
            (Route::new("/same"), Route::new("/same")),
        ];
        let text = written_by(&empty(), |desk, out| redirects(desk, &pairs, out));
        assert_eq!(text, "/old%20%D9%82%2A%3Aa.html /new.html 301\n");
    }
}
