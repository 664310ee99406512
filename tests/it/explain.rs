//! What an output depends on, and why it would be made again: never otherwise than the build that follows does it.

use std::{collections::BTreeMap, fs};

use brief::{
    disk,
    pipeline::outlook::{self, Explanation, Next},
    plan::inputs::changes,
    progress::Silent,
};
use serde_json::Value;

use crate::site::{Ran, Site};

const NOW: &str = "2024-01-01T00:00:00Z";

fn newsroom() -> Site {
    Site::new()
        .content("topics/asia.md", "name: Asia", "The continent.\n")
        .content("topics/korea.md", "name: Korea\nparent: asia", "")
        .content("entities/kim.md", "name: Kim Jong Un\nkind: person\naliases: [Kim]", "")
        .content("entities/rail.md", "name: Railways\nkind: organization\nfacts: [{label: rider, value: kim}]", "Steel.\n")
        .content("stories/summit.md", "name: Summit\nmilestones: [{date: 2023-09-13, text: Talks, article: talks}]", "Two.\n")
        .content("pages/about.md", "title: About", "Us.\n")
        .article(
            "2023/09/12/train.md",
            "title: Train\ndate: 2023-09-12\ntopics: [korea]\nentities: [rail]\nstory: summit",
            "Kim Jong Un left by train.\n",
        )
        .article(
            "2023/09/13/talks.md",
            "title: Talks\ndate: 2023-09-13\ntopics: [korea, elsewhere]\nstory: summit\naliases: [/old/talks]",
            "Kim spoke. See [the train](../12/train.md).\n\n![map](map.png)\n",
        )
        .file("content/articles/2023/09/13/map.png", "not really an image")
        .article("2023/10/01/later.md", "title: Later\ndate: 2023-10-01\nentities: [kim]", "Quiet.\n")
}

/// What there is to say about every output of a site, by route.
fn said(site: &Site) -> BTreeMap<String, Explanation> {
    let (root, options) = (disk::Site::find(&site.path(".")).unwrap(), site.options());
    let said = outlook::look(&root, &options, &Silent, &|outlook| {
        let outputs = outlook.outputs().into_iter();
        let explained = outputs.map(|found| outlook.explain(&found).expect("it is there"));
        explained.map(|it| (it.output.route.to_string(), it)).collect()
    });
    said.unwrap().expect("nothing keeps the site from being planned")
}

/// What `brief explain … --format json` prints.
#[track_caller]
fn json(site: &Site, arguments: &[&str]) -> Value {
    let ran = explain(site, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
}

fn explain(site: &Site, arguments: &[&str]) -> Ran {
    site.cli(&[&["explain", "--now", NOW], arguments].concat())
}

#[test]
fn an_article_depends_on_what_its_page_shows() {
    let site = newsroom().file("templates/parts/own.html", "own").file(
        "templates/article.html",
        "<!doctype html><title>{{ page.title }}</title>{% include \"parts/own.html\" %}\n",
    );
    let ran = explain(&site, &["/2023/09/13/talks.html"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // The width of the columns is no promise.
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let said: Vec<String> = ran.stdout.lines().map(words).collect();
    for line in [
        "/2023/09/13/talks.html: an article",
        "made for content/articles/2023/09/13/talks.md",
        "article content/articles/2023/09/13/talks.md Talks",
        "article content/articles/2023/09/12/train.md Train",
        "text content/articles/2023/09/13/talks.md Talks",
        "topic content/topics/korea.md Korea",
        "topic elsewhere",
        "entity content/entities/kim.md Kim Jong Un",
        "story content/stories/summit.md Summit",
        "link content/articles/2023/09/12/train.md Train",
        "link content/pages/about.md About",
        "file content/articles/2023/09/13/map.png",
        "settings brief.yaml",
        "UI texts ui/ar.yaml",
        "template templates/article.html",
        "template templates/parts/own.html",
    ] {
        assert!(said.contains(&line.to_owned()), "{line}\nis not in\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("later.md"), "{}", ran.stdout);
    assert!(!site.path("public").exists(), "it only looks");
    let kept: Vec<_> = fs::read_dir(site.path(".brief")).unwrap().collect();
    assert_eq!(kept.len(), 1, "the lock and nothing else: {kept:?}");
}

#[test]
fn an_output_is_found_by_its_route_its_address_and_its_file() {
    let topic = "\u{645}\u{648}\u{627}\u{646}\u{626}";
    let site = newsroom().setting("base_url: https://example.org/news/").content(
        &format!("topics/{topic}.md"),
        "name: Ports",
        "",
    );
    let (route, file) = (format!("/topics/{topic}/"), format!("topics/{topic}/index.html"));
    let encoded = "/topics/%D9%85%D9%88%D8%A7%D9%86%D8%A6/";
    for asked in [
        route.as_str(),
        route.trim_end_matches('/'),
        // As some file systems and keyboards write it: the last letter in two.
        &route.replace('\u{626}', "\u{64A}\u{654}"),
        encoded,
        &format!("/news{route}"),
        &format!("https://example.org/news{encoded}"),
        &format!("https://example.org/news{encoded}?x=1#top"),
        &format!("public/{file}"),
        &format!("./public/{file}"),
        &site.path("public").join(&file).display().to_string(),
        &file,
    ] {
        assert_eq!(json(&site, &[asked])["route"], route, "{asked}");
    }
    assert_eq!(json(&site, &["https://example.org/news"])["route"], "/");
    assert_eq!(json(&site, &["public"])["route"], "/");
    for asked in ["https://example.com/news/", "https://example.org/newsroom/", "/topics/x/"] {
        assert_eq!(explain(&site, &[asked]).code, 1, "{asked}");
    }
}

#[test]
fn an_unknown_route_is_answered_with_the_nearest() {
    let ran = explain(&newsroom(), &["/2023/09/13/tlaks.html"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("nothing is published at `/2023/09/13/tlaks.html`"),
        "{}",
        ran.stderr
    );
    let hint = ran.stderr.lines().last().unwrap();
    assert!(hint.contains("is it one of `/2023/09/13/talks.html`"), "{hint}");
    let json = json(&newsroom(), &["/topcis/asia/"]);
    assert_eq!(
        (&json["unknown"], &json["nearest"][0]),
        (&"/topcis/asia/".into(), &"/topics/asia/".into())
    );
}

#[test]
fn what_it_says_the_next_build_does() {
    let mut site = newsroom();
    let train = "/2023/09/12/train.html";
    type Step = (&'static str, fn(Site) -> Site, Next);
    let steps: [Step; 9] = [
        ("nothing is there yet", |it| it, Next::MakeNew),
        ("nothing changed", |it| it, Next::Keep),
        (
            "a text",
            |it| it.article("2023/09/12/train.md", "title: Train\ndate: 2023-09-12", "x\n"),
            Next::MakeChanged,
        ),
        // Only what changed is looked at, and files of the output folder are not sources.
        ("its bytes", |it| it.file("public/2023/09/12/train.html", "cut"), Next::KeepAltered),
        ("its file", |it| it.remove("public/2023/09/12/train.html"), Next::KeepMissing),
        ("everything is looked at", |it| it.file("templates/page.html", "x"), Next::MakeMissing),
        (
            "everything and its bytes",
            |it| it.file("templates/page.html", "y").file("public/2023/09/12/train.html", "cut"),
            Next::MakeAltered,
        ),
        ("what was remembered", |it| it.remove(".brief"), Next::MakeUnknown),
        ("nothing changed again", |it| it, Next::Keep),
    ];
    for (what, step, expected) in steps {
        site = step(site);
        let said = said(&site);
        assert_eq!(said[train].next, expected, "{what}");
        let n_made = said.values().filter(|it| it.next.is_made()).count();
        assert_eq!(site.build().published().rendered, n_made, "{what}");
    }
}

#[test]
fn what_goes_is_said_with_its_reason() {
    let train = "/2023/09/12/train.html";
    let site = newsroom();
    site.build().published();
    let site = site.article(
        "2023/09/12/train.md",
        "title: Train\ndate: 2023-09-12\ndraft: true",
        "Kim Jong Un left by train.\n",
    );
    let ran = explain(&site, &[train]);
    assert!(ran.stdout.contains("would delete it: it is not published any more"), "{}", ran.stdout);
    assert!(ran.stdout.contains("its source is a draft"), "{}", ran.stdout);
    assert!(ran.stdout.contains("content/articles/2023/09/12/train.md"), "{}", ran.stdout);
    assert_eq!(json(&site, &[train])["next"], "remove");
    let removed = site.build().published().removed;
    assert_eq!(removed, ["2023/09/12/index.html", "2023/09/12/train.html"]);
    assert_eq!(explain(&site, &[train]).code, 1);
}

/// The sort and file of everything that is said to have changed for an output.
fn changed(site: &Site, route: &str) -> Vec<String> {
    let json = json(site, &[route]);
    let changes = json["changes"].as_array().unwrap_or_else(|| panic!("not known: {json}"));
    let word = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let named = |it: &Value| {
        let (source, name) = (word(it, "source"), word(it, "name"));
        if source.is_empty() { name } else { source }
    };
    let line = |it| format!("{} {} {}", word(it, "how"), word(it, "what"), named(it));
    changes.iter().map(line).collect()
}

#[test]
fn the_very_thing_that_changed_is_named() {
    let talks = "/2023/09/13/talks.html";
    let site = newsroom()
        .file("templates/parts/own.html", "own")
        .file("templates/article.html", "{{ page.title }}{% include \"parts/own.html\" %}\n");
    site.build().published();
    assert_eq!(changed(&site, talks), [""; 0]);

    let site = site.content("topics/korea.md", "name: Korean peninsula\nparent: asia", "");
    assert_eq!(
        changed(&site, "/stories/summit/"),
        ["changed link content/topics/korea.md"],
        "the cards of its articles bear the topic's name"
    );
    site.build().published();

    let site = site.file("templates/parts/own.html", "another");
    assert_eq!(changed(&site, talks), ["changed template templates/parts/own.html"]);
    assert_eq!(changed(&site, "/about.html"), [""; 0]);
    site.build().published();

    let site = site.file("templates/ui/ar.yaml", "nav:\n  home: Home\n");
    assert_eq!(changed(&site, "/feed.xml"), ["changed UI texts templates/ui/ar.yaml"]);
    site.build().published();

    let site = site.article("n.md", "title: New\ndate: 2023-10-02\nentities: [kim]", "Kim.\n");
    assert_eq!(changed(&site, "/entities/kim/"), ["new article content/articles/n.md"]);
    assert_eq!(changed(&site, "/"), ["new article content/articles/n.md"]);
    assert_eq!(changed(&site, "/sitemaps/2023-10.xml"), ["new article content/articles/n.md"]);
    site.build().published();

    let site = site.setting("per_page: 3");
    assert_eq!(changed(&site, talks), ["changed settings brief.yaml"]);
}

#[test]
fn a_part_knows_what_other_parts_hold() {
    let site = newsroom().part(Some("1/2")).out("one");
    assert_eq!(site.build().published().rendered, site.tree_of("one").len());
    let said = said(&site);
    let count = |next| said.values().filter(|it| it.next == next).count();
    assert_eq!(count(Next::Keep), site.tree_of("one").len());
    assert_eq!(count(Next::Keep) + count(Next::LeaveToOtherPart), said.len());
    let route = "/2023/09/12/train.html";
    let of = |part| json(&site, &[route, "--out", "one", "--shard", part])["next"].clone();
    let mut answers = [of("1/2"), of("2/2")].map(|it| it.as_str().unwrap().to_owned());
    answers.sort();
    assert!(answers.contains(&"other-part".to_owned()), "{answers:?}");
}

#[test]
fn errors_that_keep_everything_from_being_published_are_told() {
    let site = newsroom().article("bad.md", "title: Bad\ndate: 2023-02-30", "");
    let ran = explain(&site, &["/"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("before the site's errors are repaired"), "{}", ran.stdout);
    assert_eq!(json(&site, &["/"])["errors"], 1);
    let site = site.file("brief.yaml", "title: [");
    let ran = explain(&site, &["/"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("brief.yaml"), "{}", ran.stderr);
}

/// Inputs are for people and the fingerprint is for comparing; both must cover the same, and what is said must be what the
/// next build does.
#[test]
fn an_input_changes_where_the_fingerprint_does_and_nowhere_else() {
    type Edit = (&'static str, fn(Site) -> Site);
    let edits: [Edit; 23] = [
        ("body", |it| {
            it.article(
                "2023/10/01/later.md",
                "title: Later\ndate: 2023-10-01\nentities: [kim]",
                "Loud. Kim.\n",
            )
        }),
        ("title", |it| {
            it.article(
                "2023/10/01/later.md",
                "title: Much later\ndate: 2023-10-01\nentities: [kim]",
                "Loud. Kim.\n",
            )
        }),
        ("date", |it| {
            it.article(
                "2023/10/01/later.md",
                "title: Much later\ndate: 2023-11-02\nentities: [kim]",
                "Loud. Kim.\n",
            )
        }),
        ("a new article", |it| {
            it.article("n.md", "title: New\ndate: 2023-09-13\ntopics: [korea]", "Kim again.\n")
        }),
        ("a draft", |it| {
            it.article("n.md", "title: New\ndate: 2023-09-13\ndraft: true", "Kim again.\n")
        }),
        ("slug", |it| {
            it.article(
                "2023/09/12/train.md",
                "title: Train\ndate: 2023-09-12\nslug: rail\ntopics: [korea]\nstory: summit",
                "Kim Jong Un left.\n",
            )
        }),
        ("summary", |it| {
            it.article("2023/09/12/train.md", "title: Train\ndate: 2023-09-12\nslug: rail\ntopics: [korea]\nstory: summit\nsummary: x", "Kim Jong Un left.\n")
        }),
        ("a sentence around a name", |it| {
            it.article("2023/09/12/train.md", "title: Train\ndate: 2023-09-12\nslug: rail\ntopics: [korea]\nstory: summit\nsummary: x", "Slowly, Kim Jong Un left.\n")
        }),
        ("an alias of an entity", |it| {
            it.content(
                "entities/kim.md",
                "name: Kim Jong Un\nkind: person\naliases: [Kim, Slowly]",
                "",
            )
        }),
        ("the text of an entity that was thin", |it| {
            it.content(
                "entities/kim.md",
                "name: Kim Jong Un\nkind: person",
                "A text with [[asia]].\n",
            )
        }),
        ("the name of a fact's bearer", |it| {
            it.content("entities/kim.md", "name: Kim\nkind: person", "A text with [[asia]].\n")
        }),
        ("the name of a broader topic", |it| {
            it.content("topics/asia.md", "name: East Asia", "The continent.\n")
        }),
        ("a topic without a parent", |it| it.content("topics/korea.md", "name: Korea", "")),
        ("a milestone", |it| {
            it.content(
                "stories/summit.md",
                "name: Summit\nmilestones: [{date: 2023-09-12, text: Off, article: train}]",
                "Two.\n",
            )
        }),
        ("an edition", |it| {
            it.content(
                "editions/2023-09-13.md",
                "intro: Busy.\nitems: [talks]",
                "See [it](../articles/2023/09/12/train.md).\n",
            )
        }),
        ("an image", |it| it.file("content/articles/2023/09/13/map.png", "another")),
        ("a page", |it| it.content("pages/about.md", "title: About us", "Us.\n")),
        ("the text of a page", |it| {
            it.content("pages/about.md", "title: About us", "All of us.\n")
        }),
        ("a static file", |it| it.file("static/extra.css", "a{}")),
        ("the size of an image", |it| {
            it.file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        }),
        ("a template", |it| {
            it.file("templates/page.html", "<!doctype html><title>{{ page.title }}</title>\n")
        }),
        ("a UI text", |it| it.file("templates/ui/ar.yaml", "nav:\n  home: Home\n")),
        ("a setting", |it| it.setting("per_page: 2")),
    ];
    let mut site = newsroom().setting("per_page: 1");
    site.build().published();
    let mut before = said(&site);
    for (what, edit) in edits {
        site = edit(site);
        let after = said(&site);
        let mut n_changed = 0;
        for (route, new) in &after {
            let Some(old) = before.get(route) else { continue };
            let has_changed = old.output.fingerprint != new.output.fingerprint;
            let inputs = changes(&old.inputs, &new.inputs);
            assert_eq!(!inputs.is_empty(), has_changed, "{what}: {route}: {inputs:?}");
            let told = new.changes.as_ref().unwrap_or_else(|| panic!("{what}: {route}: unknown"));
            assert_eq!(!told.is_empty(), has_changed, "{what}: {route}: {told:?}");
            n_changed += usize::from(has_changed);
        }
        assert!(n_changed > 0, "{what} changes nothing");
        let n_made = after.values().filter(|it| it.next.is_made()).count();
        assert_eq!(site.build().published().rendered, n_made, "{what}");
        before = after;
    }
}

#[test]
fn what_is_published_is_explained_and_nothing_else() {
    let site = newsroom();
    site.build().published();
    let mut files: Vec<_> = site.tree().into_keys().filter(|it| it != ".brief-output").collect();
    files.sort();
    let routes = said(&site).into_keys();
    let mut explained: Vec<_> = routes
        .map(|route| {
            format!("{}{}", &route[1..], if route.ends_with('/') { "index.html" } else { "" })
        })
        .collect();
    explained.sort();
    assert_eq!(explained, files);
    let talks = json(&site, &["/2023/09/13/talks.html"]);
    let len = fs::metadata(site.path("public/2023/09/13/talks.html")).unwrap().len();
    assert_eq!((&talks["there"], &talks["last"]["bytes"]), (&len.into(), &len.into()));
    assert_eq!((&talks["next"], &talks["is_made"]), (&"keep".into(), &false.into()));
    assert_eq!(talks["fingerprint"], talks["last"]["fingerprint"]);
    assert_eq!(talks["changes"], Value::Array(Vec::new()));
}
