//! Requests as browsers make them. In: methods, conditions, ranges, addresses. Out: what a static host would answer.

use super::client::{NOW, until};
use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .content("topics/ports.md", "name: Ports", "")
        .content("entities/jones.md", "name: Jones\nkind: person\nredirect_from: [smith]", "")
        .article(
            "a.md",
            "title: One\ndate: 2023-09-12\ntopics: [ports]\naliases: [/old/one.html]",
            "Jones. ![x](p.svg)\n",
        )
        .file(
            "content/articles/p.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"9\"/>",
        )
        .file("static/.well-known/security.txt", "Contact: x")
        .file("static/notes/read me.txt", "0123456789")
}

#[test]
fn everything_that_a_build_publishes_is_served_byte_for_byte() {
    for base in ["https://example.org/", "https://example.org/sub/folder/"] {
        let site = newsroom().setting(&format!("base_url: {base}"));
        let served = site.serve(&[]);
        let tree = site.tree_when_built();
        assert!(tree.len() > 30);
        let prefix = base.strip_prefix("https://example.org").unwrap();
        for (file, bytes) in &tree {
            let path = file.strip_suffix("index.html").unwrap_or(file).replace(' ', "%20");
            let answer = served.get(&format!("{prefix}{path}"));
            if file.starts_with("old/") || file.starts_with("entities/smith/") {
                assert_eq!(answer.status, 301, "{file}");
                assert!(answer.header("location").starts_with(prefix), "{answer:?}");
            } else {
                assert_eq!(answer.status, 200, "{file}");
                assert!(answer.body == *bytes, "{file} is another");
            }
        }
    }
}

#[test]
fn a_site_below_a_path_is_found_from_the_root() {
    let site = newsroom().setting("base_url: https://example.org/sub/");
    let served = site.serve(&[]);
    for path in ["/", "/sub"] {
        let answer = served.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, "/sub/"), "{path}");
    }
    assert_eq!(served.get("/topics/").status, 404);
    assert_eq!(served.get("/sub/topics/").status, 200);
    until(|| served.said().contains("/sub/ after"), || served.said());
}

#[test]
fn folders_get_their_slash_and_what_is_not_there_its_page() {
    let site = newsroom();
    let served = site.serve(&[]);
    let answer = served.get("/topics/ports?a=b");
    assert_eq!((answer.status, answer.header("location")), (301, "/topics/ports/?a=b"));
    assert_eq!(served.get("/topics/ports/?a=b").status, 200);
    let missing = served.get("/nowhere/at/all.html");
    assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(missing.text().contains("<html"));
    for path in [
        "/2023/09/12/a.html/",
        "/2023/09/12/a",
        "/.brief/serve.redb",
        "/.brief/events",
        "/brief.yaml",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    let moved = served.get("/old/one.html");
    assert_eq!((moved.status, moved.header("location")), (301, "/2023/09/12/a.html"));
    assert_eq!(served.get("/entities/smith/").header("location"), "/entities/jones/");
}

#[test]
fn types_and_headers_are_those_of_the_host() {
    let site = newsroom();
    let served = site.serve(&[]);
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/brief.css", "text/css; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/topics/ports/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/media/articles/p.svg", "image/svg+xml; charset=utf-8"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.header("content-type"), media_type, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
    }
    assert_eq!(
        served.get("/media/articles/p.svg").header("cache-control"),
        "public, max-age=86400"
    );
    assert!(served.get("/").header("content-security-policy").contains("script-src 'none'"));
    let watched = site.watched();
    let front = watched.get("/");
    assert_eq!(front.header("cache-control"), "no-cache", "an edit is seen at once");
    assert!(front.header("content-security-policy").contains("script-src 'self'"));
    assert!(front.text().contains("/.brief/reload.js"));
    assert!(watched.get("/.brief/reload.js").header("content-type").starts_with("text/javascript"));
    assert!(!watched.get("/feed.xml").text().contains(".brief"), "only pages are listened from");
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    for arguments in [&[][..], &["--watch"]] {
        let site = newsroom();
        let served = site.serve(arguments);
        for path in ["/", "/brief.css", "/feed.xml"] {
            let first = served.get(path);
            let tag = first.header("etag");
            assert!(tag.starts_with('"') && tag.ends_with('"'), "{first:?}");
            for known in
                [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()]
            {
                let again = served.ask("GET", path, &[("If-None-Match", &known)]);
                assert_eq!((again.status, again.body.len()), (304, 0), "{path} {known}");
                assert_eq!(again.header("etag"), tag);
            }
            let other = served.ask("GET", path, &[("If-None-Match", "\"x\"")]);
            assert_eq!((other.status, other.body), (200, first.body));
        }
    }
}

#[test]
fn a_head_has_no_body_and_the_same_headers() {
    let site = newsroom();
    let served = site.serve(&[]);
    for path in ["/", "/brief.css", "/nowhere", "/topics"] {
        let (get, head) = (served.get(path), served.ask("HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-length", "content-type", "etag", "location"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
        assert_eq!(get.header("content-length"), get.body.len().to_string());
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = served.ask(method, "/", &[("Content-Length", "0")]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn a_range_is_a_part() {
    let site = newsroom();
    let served = site.serve(&[]);
    let path = "/notes/read%20me.txt";
    let part = |range| served.ask("GET", path, &[("Range", range)]);
    let whole = served.get(path);
    assert_eq!(whole.status, 200, "{}", whole.text());
    assert_eq!(whole.header("accept-ranges"), "bytes");
    for (range, body, said) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
    ] {
        let answer = part(range);
        assert_eq!((answer.status, answer.text().as_str()), (206, body), "{range}");
        assert_eq!(answer.header("content-range"), said);
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
    let none = part("bytes=10-");
    assert_eq!((none.status, none.header("content-range")), (416, "bytes */10"));
    assert_eq!(part("bytes=0-1,4-5").status, 200, "several ranges may be answered with all of it");
    let stale = [("Range", "bytes=0-1"), ("If-Range", "\"x\"")];
    assert_eq!(served.ask("GET", path, &stale).status, 200);
    let fresh = [("Range", "bytes=0-1"), ("If-Range", whole.header("etag"))];
    assert_eq!(served.ask("GET", path, &fresh).status, 206);
}

#[test]
fn the_output_folder_is_never_touched() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    served.page("/");
    site.write("content/articles/a.md", "---\ntitle: Other\ndate: 2023-09-12\n---\nText.\n");
    events.only("reload");
    assert!(!site.path("public").exists());
    let built = site.tree_when_built();
    site.write("content/articles/a.md", "---\ntitle: Third\ndate: 2023-09-12\n---\nText.\n");
    events.only("reload");
    assert_eq!(site.tree(), built);
    assert_eq!(site.cli(&["build", "--now", NOW]).code, 0, "a build beside it is not disturbed");
    assert!(served.page("/").contains("Third"));
}
