//! What is not public yet. In: drafts, what is due later, and the options that show them. Out: pages, marked; nothing without the
//! options.

use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .article("a.md", "title: Public\ndate: 2023-09-12", "Text.\n")
        .article("d.md", "title: Half done\ndate: 2023-09-13\ndraft: true", "Draft words.\n")
        .article("f.md", "title: Tomorrow\ndate: 2024-02-01", "Future words.\n")
        .article("e.md", "title: Gone\ndate: 2023-09-10\nexpires: 2023-10-01", "Old words.\n")
        .content("pages/about.md", "title: About\ndraft: true", "About words.\n")
        .content("editions/2024-02-01.md", "title: The first", "Said tomorrow.\n")
}

#[test]
fn without_the_options_nothing_is_shown_before_its_time() {
    let site = newsroom();
    let served = site.watched();
    for path in [
        "/2023/09/13/d.html",
        "/2024/02/01/f.html",
        "/2023/09/10/e.html",
        "/about.html",
        "/2024/02/01/",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    let front = served.page("/");
    assert!(
        !front.contains("Half done")
            && !front.contains("Tomorrow")
            && !front.contains("preview.css")
    );
}

#[test]
fn drafts_are_shown_and_marked() {
    let site = newsroom();
    let served = site.serve(&["--watch", "--drafts"]);
    let events = served.events();
    let page = served.page("/2023/09/13/d.html");
    assert!(page.contains("Draft words.") && page.contains("draft: not public"), "{page}");
    assert!(served.page("/about.html").contains("draft: not public"));
    assert!(!served.page("/2023/09/12/a.html").contains("draft: not public"));
    assert!(served.page("/").contains("Half done"));
    let styles = served.page("/.brief/preview.css");
    assert!(
        styles.contains("a[href=\"/2023/09/13/d.html\"]") && !styles.contains("a.html"),
        "{styles}"
    );
    assert_eq!(served.get("/2024/02/01/f.html").status, 404);
    assert_eq!(served.get("/2023/09/10/e.html").status, 404);

    let site = site.article("d.md", "title: Half done\ndate: 2023-09-13", "Done words.\n");
    events.only("reload");
    let page = served.page("/2023/09/13/d.html");
    assert!(page.contains("Done words.") && !page.contains("not public"), "{page}");
    // Neither what a build publishes nor a look without the option knows of it.
    let site =
        site.article("d.md", "title: Half done\ndate: 2023-09-13\ndraft: true", "Draft words.\n");
    events.only("reload");
    assert!(!site.build().exists("/2023/09/13/d.html"));
    assert_eq!(site.serve(&[]).get("/2023/09/13/d.html").status, 404);
}

#[test]
fn what_is_due_later_is_shown_and_marked() {
    let site = newsroom();
    let served = site.serve(&["--future"]);
    let page = served.page("/2024/02/01/f.html");
    assert!(
        page.contains("Future words.") && page.contains("not public before 2024-01-31T21:00:00Z"),
        "{page}"
    );
    assert!(served.page("/2024/02/01/").contains("Said tomorrow."));
    assert!(served.page("/2024/02/01/").contains("not public before"));
    assert_eq!(served.get("/2023/09/13/d.html").status, 404);
    assert_eq!(served.get("/2023/09/10/e.html").status, 404, "what has expired stays gone");
    let both = site.serve(&["--future", "--drafts"]);
    assert!(both.page("/2023/09/13/d.html").contains("Draft words."));
    assert!(both.page("/2024/02/01/f.html").contains("Future words."));
}
