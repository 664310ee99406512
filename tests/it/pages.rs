//! What stands on the pages: from a folder of content to what a reader finds at each address.

use crate::site::{Built, Site};

impl Built {
    /// The body of an article, without what stands around it.
    fn body(&self, route: &str) -> String {
        let page = self.page(route);
        let start = page.find("<div class=\"body\"").unwrap_or_else(|| panic!("no body in {page}"));
        let end =
            page[start..].find("<footer").unwrap_or_else(|| panic!("no end of the body in {page}"));
        page[start..start + end].to_owned()
    }

    /// What brief says to write instead, one line each.
    fn hints(&self) -> String {
        let hints = self.outcome.diagnostics.iter().filter_map(|it| it.hint.as_deref());
        hints.collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn an_entity_page_lists_its_articles_with_the_sentence_around_the_mention() {
    let site = Site::new()
        .file(
            "content/entities/kim.md",
            "---\nname: Kim Jong Un\nkind: person\naliases: [Kim Yong Un]\n---\n",
        )
        .file("content/entities/putin.md", "---\nname: Putin\nkind: person\n---\n")
        .article(
            "2023/09/12/a.md",
            "title: First\ndate: 2023-09-12",
            "Nothing here. It was Kim Yong Un who met Putin on Monday. Then nothing.\n",
        );
    let built = site.build();
    let page = built.page("/entities/kim/");
    assert!(page.contains("href=\"/2023/09/12/a.html\""), "{page}");
    assert!(page.contains("It was") && page.contains("who met Putin on Monday."), "{page}");
    assert!(!page.contains("Then nothing"), "{page}");
    assert!(page.contains("href=\"/entities/putin/\""), "appears with Putin: {page}");
    assert!(page.contains("Kim Yong Un"), "the other spelling: {page}");
}

#[test]
fn rule_74_the_first_mention_is_linked_and_headings_links_and_code_are_left_alone() {
    let site = Site::new()
        .file("content/entities/kim.md", "---\nname: Kim\nkind: person\n---\n")
        .article(
            "2023/09/12/a.md",
            "title: First\ndate: 2023-09-12",
            "## Kim in a heading\n\n[Kim in a link](https://e.example/) and `Kim in code`.\n\nKimono is not he. Here is Kim, and Kim again.\n",
        );
    let built = site.build();
    let body = built.body("/2023/09/12/a.html");
    let link = "<a class=\"mention\" href=\"/entities/kim/\">Kim</a>";
    assert!(body.contains(&format!("Kimono is not he. Here is {link}, and Kim again.")), "{body}");
    assert_eq!(body.matches(link).count(), 1, "{body}");
}

#[test]
fn mentions_are_linked_as_the_setting_says() {
    let text = "Kim one. Kim two.\n\n## Next\n\nKim three. Kim four.\n";
    for (setting, expected) in [("first", 1), ("section", 2), ("all", 2), ("none", 0)] {
        let site = Site::new()
            .setting(&format!("mentions: {{link: {setting}}}"))
            .file("content/entities/kim.md", "---\nname: Kim\nkind: person\n---\n")
            .article("2023/09/12/a.md", "title: First\ndate: 2023-09-12", text);
        let built = site.build();
        let links = built.body("/2023/09/12/a.html").matches("class=\"mention\"").count();
        assert_eq!(links, expected, "mentions.link: {setting}");
    }
}

#[test]
fn a_spelling_of_two_entities_links_only_where_the_article_says_which() {
    let with = |front: &str| {
        Site::new()
            .file("content/entities/tripoli-lebanon.md", "---\nname: Tripoli\nkind: place\n---\n")
            .file("content/entities/tripoli-libya.md", "---\nname: Tripoli\nkind: place\n---\n")
            .article(
                "2023/09/12/a.md",
                &format!("title: First\ndate: 2023-09-12\n{front}"),
                "In Tripoli today.\n",
            )
            .build()
            .body("/2023/09/12/a.html")
    };
    assert!(!with("").contains("mention"));
    assert!(with("entities: [tripoli-libya]").contains("/entities/tripoli-libya/"));
}

#[test]
fn names_that_must_not_be_linked_are_not() {
    let with = |entity: &str, front: &str| {
        Site::new()
            .file("content/entities/kim.md", format!("---\nname: Kim\nkind: person\n{entity}---\n"))
            .article(
                "2023/09/12/a.md",
                &format!("title: First\ndate: 2023-09-12\n{front}"),
                "Here is Kim.\n",
            )
            .build()
            .body("/2023/09/12/a.html")
    };
    assert!(with("", "").contains("mention"));
    assert!(!with("", "not_entities: [Kim]").contains("mention"));
    assert!(!with("match: never\n", "").contains("mention"));
    assert!(!with("match: exact\n", "").contains("mention"));
    assert!(with("match: exact\n", "entities: [kim]").contains("mention"));
}

#[test]
fn what_front_matter_names_without_a_file_gets_a_page_and_a_warning_that_says_which_file_to_create()
{
    let site = Site::new()
        .article("2023/09/12/a.md", "title: A\ndate: 2023-09-12\ntopics: [New Topic]\nentities: [Some Body]\nstory: Long Story", "Some Body came.\n")
        .article("2023/09/11/b.md", "title: B\ndate: 2023-09-11\ntopics: [new topic]", "");
    let built = site.build();
    // As the oldest article names it.
    assert!(built.page("/topics/new-topic/").contains("new topic"));
    assert!(built.page("/entities/some-body/").contains("Some Body"));
    assert!(built.page("/stories/long-story/").contains("Long Story"));
    assert!(built.body("/2023/09/12/a.html").contains("href=\"/entities/some-body/\""));
    let warnings = built.diagnostics();
    assert_eq!(
        warnings
            .iter()
            .filter(|line| line
                .starts_with("warning unknown-topic content/articles/2023/09/11/b.md:4:"))
            .count(),
        1,
        "{warnings:?}"
    );
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    let hints = built.hints();
    assert!(
        hints.contains("content/topics/new-topic.md")
            && hints.contains("content/entities/some-body.md"),
        "{hints}"
    );
    let strict = site.cli(&["build", "--strict"]);
    assert_eq!(strict.code, 1);
    assert!(strict.stderr.contains("error[unknown-topic]"), "{}", strict.stderr);
}

#[test]
fn the_index_of_topics_says_of_each_in_a_sentence_what_it_is_and_follows_its_file() {
    let asia = |text| ("content/topics/asia.md", format!("---\nname: Asia\n---\n\n{text}\n"));
    let (path, text) =
        asia("What **touches** the [largest continent](https://e.example/a). More.\n\nNot this.");
    let site = Site::new().file(path, &text).article(
        "2023/09/12/a.md",
        "title: A\ndate: 2023-09-12\ntopics: [asia, bare]",
        "x\n",
    );
    let index = site.build().page("/topics/");
    assert!(index.contains(">What touches the largest continent.</bdi>"), "{index}");
    // Nothing is said of a topic without a definition.
    assert_eq!(index.matches("class=\"role\"").count(), 1, "{index}");
    let (path, text) = asia("Its seas. And more.");
    let index = site.file(path, &text).build().page("/topics/");
    assert!(index.contains(">Its seas.</bdi>") && !index.contains("largest"), "{index}");
}

#[test]
fn links_by_path_and_by_id_lead_to_pages_and_missing_ones_stop_the_build_with_their_places() {
    let good = Site::new()
        .file("content/topics/asia.md", "---\nname: Asia\n---\n")
        .file("content/pages/about.md", "---\ntitle: About\n---\n")
        .article("2023/09/12/a.md", "title: The train\ndate: 2023-09-12", "x\n")
        .article("2023/09/13/b.md", "title: B\ndate: 2023-09-13", "[one](../12/a.md#part), [[a]], [[asia|there]], [us](../../../../pages/about.md), [out](https://e.example/?q=1), [here](#x)\n");
    let body = good.build().body("/2023/09/13/b.html");
    for expected in [
        "<a href=\"/2023/09/12/a.html#part\">one</a>",
        "<a href=\"/2023/09/12/a.html\">The train</a>",
        "<a href=\"/topics/asia/\">there</a>",
        "<a href=\"/about.html\">us</a>",
        "<a href=\"https://e.example/?q=1\">out</a>",
        "<a href=\"#x\">here</a>",
    ] {
        assert!(body.contains(expected), "{expected} in {body}");
    }
    let bad = good.article(
        "2023/09/14/c.md",
        "title: C\ndate: 2023-09-14",
        "one\n\ntwo [x](../12/gone.md) and [[nobody]]\n",
    );
    let faults = bad.build().diagnostics();
    assert!(
        faults.iter().any(|line| line
            .starts_with("error missing-target content/articles/2023/09/14/c.md:7:")
            && line.contains("gone.md")),
        "{faults:?}"
    );
    assert!(faults.iter().any(|line| line.contains("nobody")), "{faults:?}");
}

#[test]
fn nothing_withheld_leaves_a_byte_in_the_output() {
    let secret = "Zzyzx";
    let site = Site::new()
        .article("2023/09/12/a.md", "title: A\ndate: 2023-09-12", "See [[d]] and [[e]].\n")
        .article("2023/09/12/d.md", &format!("title: {secret} draft\ndate: 2023-09-12\ndraft: true\ntopics: [{secret}a]\nentities: [{secret}b]\nstory: {secret}c\naliases: [/{secret}.html]"), &format!("{secret}\n"))
        .article("2023/09/12/e.md", &format!("title: {secret} embargo\ndate: 2023-09-12\npublish_at: 2024-06-01T10:00\nimage: {{src: {secret}.png, alt: x}}"), &format!("{secret}\n"))
        .article("2023/09/12/f.md", &format!("title: {secret} expired\ndate: 2023-09-12\nexpires: 2023-12-01"), "x\n")
        .article("2025/01/01/g.md", &format!("title: {secret} future\ndate: 2025-01-01"), "x\n")
        .file(&format!("content/articles/2023/09/12/{secret}.png"), "not really a picture");
    let built = site.build();
    built.outcome.report.as_ref().expect("what is withheld does not stop a build");
    for (file, bytes) in site.tree() {
        assert!(!file.contains(secret) && !file.contains(&secret.to_lowercase()), "{file}");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(&secret.to_lowercase()), "{file} holds it");
    }
    assert_eq!(built.outcome.withheld.len(), 4);
    // Two minutes into the embargo's end it is there.
    let site = site.now("2024-06-01T07:02:00Z");
    let later = site.build();
    assert!(later.page("/2023/09/12/e.html").contains(secret));
}

#[test]
fn an_article_dated_today_is_published_at_any_hour_in_any_time_zone() {
    for zone in [
        "Pacific/Kiritimati",
        "Asia/Riyadh",
        "UTC",
        "America/Los_Angeles",
        "Pacific/Niue",
        "Africa/Cairo",
    ] {
        let mut site = Site::new().setting(&format!("timezone: {zone}"));
        for hour in (0..24).step_by(5) {
            // The local day at each hour of UTC around the start of Egypt's summer time.
            let now: jiff::Timestamp =
                format!("2023-04-28T{hour:02}:30:00Z").parse().expect("a time");
            let today = now.in_tz(zone).expect("a zone").date();
            site = site.now(&now.to_string()).article(
                "a.md",
                &format!("title: A\ndate: {today}"),
                "x\n",
            );
            let built = site.build();
            assert_eq!(built.outcome.articles, 1, "{zone} at {now}: {:?}", built.outcome.withheld);
        }
    }
}

#[test]
fn old_addresses_lead_on() {
    let site = Site::new()
        .file("content/entities/kim.md", "---\nname: Kim\nkind: person\nredirect_from: [kim-yong-un]\n---\n")
        .article("2023/09/12/a.md", "title: A\ndate: 2023-09-12\naliases: [/old/train, /story.php]\nentities: [kim-yong-un]", "x\n");
    let built = site.build();
    for old in ["/old/train/", "/story.php", "/entities/kim-yong-un/"] {
        let page = built.page(old);
        assert!(page.contains("http-equiv=\"refresh\""), "{old}: {page}");
        assert!(page.contains("noindex"), "{old}: {page}");
    }
    assert!(built.page("/old/train/").contains("https://example.org/2023/09/12/a.html"));
    let redirects = built.page("/_redirects");
    assert!(redirects.contains("/entities/kim-yong-un/ /entities/kim/ 301"), "{redirects}");
    // The merged id still means the entity.
    assert!(built.page("/entities/kim/").contains("/2023/09/12/a.html"));
    assert!(built.diagnostics().is_empty(), "{:?}", built.diagnostics());
}

#[test]
fn an_id_that_was_merged_and_still_has_a_file_is_told() {
    let entity = |front: &str| format!("---\n{front}\nkind: place\n---\n");
    let site = Site::new()
        .file("content/entities/russia.md", entity("name: Russia\nredirect_from: [ussr]"))
        .file("content/entities/ussr.md", entity("name: Soviet Union"));
    let out = site.cli(&["build", "--now", "2024-01-01T00:00:00Z"]).stderr;
    assert!(out.contains("`/entities/ussr/` is also the address of"), "{out}");
    assert!(out.contains("delete the file that was merged"), "{out}");
}

#[test]
fn a_long_list_has_calendar_pages_and_a_short_one_has_none() {
    let mut site =
        Site::new().setting("per_page: 2").file("content/topics/asia.md", "---\nname: Asia\n---\n");
    for day in 1..=4 {
        site = site.article(
            &format!("{day}.md"),
            &format!("title: Headline {day}\ndate: 2023-09-{day:02}\ntopics: [asia]"),
            "x\n",
        );
    }
    let built = site.build();
    assert!(!built.exists("/topics/asia/2023.html"));
    site = site.article("5.md", "title: Headline 5\ndate: 2023-08-05\ntopics: [asia]", "x\n");
    let built = site.build();
    assert!(built.page("/topics/asia/").contains("href=\"/topics/asia/2023.html\""));
    assert!(built.page("/topics/asia/2023.html").contains("href=\"/topics/asia/2023-09.html\""));
    assert!(built.page("/topics/asia/2023-08.html").contains("Headline 5"));
    assert!(
        built.page("/topics/asia/2023-09.html").contains("href=\"/topics/asia/2023-09-04.html\"")
    );
    assert!(built.page("/topics/asia/2023-09-04.html").contains("Headline 4"));
    // The neighbours of a month are the months beside it.
    assert!(built.page("/topics/asia/2023-08.html").contains("href=\"/topics/asia/2023-09.html\""));
}

#[test]
fn a_year_is_said_once_above_its_months_and_days() {
    let mut site = Site::new()
        .setting("language: en")
        .setting("per_page: 2")
        .file("content/topics/asia.md", "---\nname: Asia\n---\n");
    for day in 1..=4 {
        site = site.article(
            &format!("{day}.md"),
            &format!("title: Headline {day}\ndate: 2023-09-{day:02}\ntopics: [asia]"),
            "x\n",
        );
    }
    site = site.article("5.md", "title: Five\ndate: 2023-08-05\ntopics: [asia]", "x\n");
    let built = site.build();
    let main = |path: &str| built.page(path).split_once("<main").unwrap().1.to_owned();
    for path in ["/2023/", "/archive/", "/topics/asia/", "/topics/asia/2023.html"] {
        assert!(main(path).contains(">September</a>"), "{path}: {}", main(path));
    }
    assert!(main("/2023/").contains("<span>May</span>"));
    for path in ["/2023/09/", "/topics/asia/2023-09.html"] {
        assert!(main(path).contains(">Monday, September 4</a>"), "{path}: {}", main(path));
    }
    // A day's own page says the day in its heading; what stands below it is a heading for those who listen.
    let day = main("/topics/asia/2023-09-04.html");
    assert!(day.contains("<span class=\"when\">Monday, September 4, 2023</span>"), "{day}");
    assert!(day.contains("<h2 class=\"hidden\""), "{day}");
    // A list that shows several years says them.
    let whole = main("/topics/asia/");
    assert!(whole.contains("September 2023</h2>") || whole.contains("September 4, 2023</h2>"));
}

#[test]
fn a_name_in_another_language_is_shown_if_it_differs_to_the_eye() {
    // Farsi and Arabic write yeh with two characters of one shape here.
    let (arabic, farsi) = ("\u{646}\u{628}\u{64A}\u{644}", "\u{646}\u{628}\u{6CC}\u{644}");
    let names = format!("  en: Nabil\n  fa: {farsi}\n  ur: {farsi}\n  fr: Nabil");
    let site = Site::new()
        .file(
            "content/entities/nabil.md",
            format!("---\nname: {arabic}\nkind: person\nnames:\n{names}\n---\n"),
        )
        .article("a.md", "title: A\ndate: 2023-09-12\nentities: [nabil]", "x\n");
    let page = site.build().page("/entities/nabil/");
    let line = page.split_once("<p class=\"spellings\">").unwrap().1;
    let line = line.split_once("</p>").unwrap().0;
    assert_eq!(line.matches("Nabil").count(), 1, "{line}");
    assert!(!line.contains(farsi), "{line}");
}

#[test]
fn an_edition_tells_the_day_in_its_editors_order() {
    let site = Site::new()
        .article("2023/09/12/a.md", "title: Alpha\ndate: 2023-09-12T08:00\npriority: 1", "x\n")
        .article("2023/09/12/b.md", "title: Beta\ndate: 2023-09-12T09:00", "x\n")
        .file("content/editions/2023-09-12.md", "---\ntitle: The Train Day\nintro: What happened.\nitems: [b, a]\nagenda: [{date: 2023-09-14, text: A meeting}]\n---\n");
    let page = site.build().page("/2023/09/12/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(
        page.contains("The Train Day")
            && page.contains("What happened.")
            && page.contains("A meeting")
    );
    let main = &page[at("<main")..];
    assert!(main.find("Beta") < main.find("Alpha"));
}

#[test]
fn images_get_their_size_from_the_file_and_are_published_only_where_something_refers_to_them() {
    // The smallest PNG: one pixel.
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0\x1f\x15\xc4\x89";
    let site = Site::new().article(
        "2023/09/12/a/index.md",
        "title: A\ndate: 2023-09-12\nimage: {src: lead.png, alt: A train, credit: Us}",
        "![A map](map.png)\n",
    );
    for name in ["lead.png", "map.png", "unused.png"] {
        site.write(&format!("content/articles/2023/09/12/a/{name}"), png);
    }
    let built = site.build();
    let page = built.page("/2023/09/12/a.html");
    assert!(page.contains("src=\"/media/articles/2023/09/12/a/lead.png\""), "{page}");
    assert!(page.contains("<img src=\"/media/articles/2023/09/12/a/map.png\" alt=\"A map\" width=\"3\" height=\"2\""), "{page}");
    assert!(built.exists("/media/articles/2023/09/12/a/lead.png"));
    assert!(!built.exists("/media/articles/2023/09/12/a/unused.png"));
    let without = site.article("2023/09/13/b.md", "title: B\ndate: 2023-09-13", "![](gone.png)\n");
    let faults = without.build().diagnostics();
    assert!(faults.iter().any(|line| line.contains("missing-alt")), "{faults:?}");
    assert!(faults.iter().any(|line| line.contains("gone.png")), "{faults:?}");
}

#[test]
fn raw_html_is_sanitised_with_a_report_and_passed_through_where_it_is_trusted() {
    let text = "Fine <mark>mark</mark>.\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))\n";
    let safe = Site::new().article("a.md", "title: A\ndate: 2023-09-12", text);
    let built = safe.build();
    let body = built.body("/2023/09/12/a.html");
    assert!(body.contains("<mark>mark</mark>"), "{body}");
    for bad in ["<script", "onerror", "javascript:"] {
        assert!(!body.contains(bad), "{bad} in {body}");
    }
    let warnings = built.diagnostics();
    assert!(
        warnings.iter().any(|line| line.contains("dropped-html") && line.contains("a.md:7:")),
        "{warnings:?}"
    );
    let trusted = safe.setting("html: trusted");
    let body = trusted.build().body("/2023/09/12/a.html");
    assert!(body.contains("<script>alert(1)</script>"), "{body}");
}

#[test]
fn text_from_front_matter_is_escaped_once_everywhere() {
    let hostile = "<b>&amp; \\\"x\\\" </script><script>alert(1)</script>";
    let site = Site::new()
        // In a language that runs as the text does, nothing of it is isolated.
        .setting("language: en")
        .article(
            "a.md",
            &format!("title: \"{hostile}\"\ndate: 2023-09-12\nsummary: \"{hostile}\"\nauthors: [\"{hostile}\"]\ntopics: [\"{hostile}\"]\nentities: [\"{hostile}\"]\nsources: [{{name: \"{hostile}\"}}]\npoints: [\"{hostile}\"]"),
            "x\n",
        );
    let built = site.build();
    built.outcome.report.as_ref().expect("hostile text is text");
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes);
        if file.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{file}");
            assert!(!text.contains("&amp;amp;amp;"), "{file}");
        }
    }
    assert!(built.page("/2023/09/12/a.html").contains("&lt;b&gt;&amp;amp;"));
}

#[test]
fn a_site_below_a_path_of_its_host_keeps_to_it() {
    let site = Site::new().setting("base_url: https://host.example/news").article(
        "a.md",
        "title: A\ndate: 2023-09-12",
        "x\n",
    );
    let page = site.build().page("/2023/09/12/a.html");
    assert!(page.contains("href=\"https://host.example/news/2023/09/12/a.html\""), "{page}");
    assert!(!page.contains("href=\"/2023"), "{page}");
    assert!(page.contains("href=\"/news/"), "{page}");
}

#[test]
fn a_site_without_articles_is_a_site_all_the_same() {
    let site = Site::new();
    let built = site.build();
    built.published();
    for route in [
        "/",
        "/archive/",
        "/topics/",
        "/entities/",
        "/stories/",
        "/404.html",
        "/feed.xml",
        "/sitemap.xml",
    ] {
        assert!(built.exists(route), "{route}");
    }
}

#[test]
fn nothing_that_a_browser_would_run_reaches_an_address() {
    let run = "javascript:alert(1)";
    for (path, front) in [
        (
            "articles/a.md",
            format!("title: A\ndate: 2023-09-12\nsources: [{{name: x, url: \"{run}\"}}]"),
        ),
        ("articles/a.md", format!("title: A\ndate: 2023-09-12\nimage: {{src: \"{run}\", alt: x}}")),
        ("entities/e.md", format!("name: E\nkind: person\nsame_as: [\"{run}\"]")),
    ] {
        let site = Site::new().content(path, &front, "");
        let said = site.build().diagnostics();
        assert!(said.iter().any(|line| line.starts_with("error bad-url")), "{front}: {said:?}");
    }
    let site = Site::new().setting(&format!("publisher: {{logo: \"{run}\"}}"));
    let said = site.build().diagnostics();
    assert!(said.iter().any(|line| line.starts_with("error bad-url brief.yaml")), "{said:?}");
}

#[test]
fn namesakes_are_told_apart_by_kind_and_by_path() {
    let site = Site::new()
        .content("topics/asia.md", "name: Asia", "")
        .content("topics/china.md", "name: China\nparent: asia", "")
        .content("entities/asia.md", "name: The continent\nkind: place", "")
        .article("x/sum.md", "title: One\ndate: 2023-09-12\nslug: one", "See [[y/sum]].\n")
        .article("y/sum.md", "title: Two\ndate: 2023-09-12\nslug: two", "")
        .content("editions/2023-09-12.md", "items: [y/sum, x/sum]", "");
    let built = site.build();
    built.published();
    assert!(built.page("/topics/china/").contains("href=\"/topics/asia/\""));
    assert!(
        built.body("/2023/09/12/one.html").contains("<a href=\"/2023/09/12/two.html\">Two</a>")
    );
    let page = built.page("/2023/09/12/");
    assert!(page.find("Two") < page.find("One"), "{page}");
    let twice = site.content("editions/again/2023-09-12.md", "items: []", "");
    assert!(twice.build().diagnostics().iter().any(|line| line.contains("duplicate-id")));
}

#[test]
fn an_old_address_may_be_copied_from_a_browser() {
    let site = Site::new().article(
        "a.md",
        "title: A\ndate: 2023-09-12\naliases: [/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1.html, /?p=12, /old, /old/]",
        "",
    );
    let built = site.build();
    built.published();
    assert!(built.exists("/\u{623}\u{62e}\u{628}\u{627}\u{631}.html"));
    assert!(
        built
            .page("/_redirects")
            .contains("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1.html /2023/09/12/a.html 301")
    );
    assert!(
        built.diagnostics().iter().any(|line| line.contains("bad-alias") && line.contains("?p=12"))
    );
}
