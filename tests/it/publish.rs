//! Publishing: only what changed is written, only what brief wrote is deleted, and the same input gives the same bytes.

use std::{collections::BTreeMap, fs, os::unix::fs::MetadataExt as _, time::SystemTime};

use crate::site::Site;

/// A site with a bit of everything.
fn newsroom() -> Site {
    Site::new()
        .file("content/topics/asia.md", "---\nname: Asia\n---\nThe continent.\n")
        .file(
            "content/entities/kim.md",
            "---\nname: Kim Jong Un\nkind: person\naliases: [Kim]\n---\n",
        )
        .file("content/stories/summit.md", "---\nname: Summit\n---\nTwo leaders.\n")
        .file("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
        .article(
            "2023/09/12/train.md",
            "title: Train\ndate: 2023-09-12\ntopics: [asia]\nstory: summit",
            "Kim Jong Un left by train.\n",
        )
        .article(
            "2023/09/13/talks.md",
            "title: Talks\ndate: 2023-09-13T09:00\ntopics: [asia]\nstory: summit",
            "Kim spoke. See [the train](../12/train.md).\n",
        )
        .article("2023/10/01/later.md", "title: Later\ndate: 2023-10-01", "Nothing about him.\n")
}

/// What a file is besides its bytes: inode and time of change.
fn stamps(site: &Site) -> BTreeMap<String, (u64, SystemTime)> {
    let mut stamps = BTreeMap::new();
    for file in site.tree().into_keys() {
        let metadata = fs::metadata(site.path("public").join(&file))
            .expect("the tree lists files that are there");
        stamps.insert(file, (metadata.ino(), metadata.modified().expect("the system keeps times")));
    }
    stamps
}

#[test]
fn an_unchanged_rebuild_renders_nothing_writes_nothing_and_keeps_every_inode() {
    let site = newsroom();
    site.build().published();
    let before = stamps(&site);
    let report = site.build().published();
    assert_eq!((report.rendered, report.bytes), (0, 0), "{report:?}");
    assert_eq!(stamps(&site), before);
}

#[test]
fn what_is_missing_or_was_tampered_with_is_made_again_by_a_build_that_looks() {
    let site = newsroom();
    site.build().published();
    let good = site.tree();
    fs::remove_file(site.path("public/index.html")).expect("the front page is there");
    fs::write(site.path("public/2023/09/12/train.html"), "cut").expect("the folder is there");
    let site = site.cold(true);
    site.build().published();
    assert_eq!(site.tree(), good);
    let site = site.cold(false);
    fs::remove_dir_all(site.path("public")).expect("the folder is there");
    site.build().published();
    assert_eq!(site.tree(), good);
}

#[test]
fn changing_a_body_touches_its_own_page_and_what_carries_it() {
    let site = newsroom();
    site.build().published();
    let site = site.article(
        "2023/10/01/later.md",
        "title: Later\ndate: 2023-10-01\nsummary: Same",
        "Nothing about him.\n",
    );
    site.build().published();
    let site = site.article(
        "2023/10/01/later.md",
        "title: Later\ndate: 2023-10-01\nsummary: Same",
        "Other words now.\n",
    );
    let report = site.build().published();
    assert_eq!(report.replaced, ["2023/10/01/later.html", "feed.xml", "rss.xml", "feed.json"]);
}

#[test]
fn deleting_an_article_deletes_its_page_and_the_folders_it_leaves_empty() {
    let site = newsroom();
    site.build().published();
    let site = site.remove("content/articles/2023/10/01/later.md");
    let report = site.build().published();
    assert!(report.removed.contains(&"2023/10/01/later.html".to_owned()), "{report:?}");
    assert!(!site.path("public/2023/10").exists());
    let never = newsroom().remove("content/articles/2023/10/01/later.md");
    assert_eq!(site.tree(), never.tree_when_built());
}

#[test]
fn files_that_brief_did_not_write_are_left_alone() {
    let site = newsroom();
    site.build().published();
    fs::write(site.path("public/CNAME"), "news.example").expect("the folder is there");
    site.build().published();
    assert!(site.path("public/CNAME").exists());
    let site = site.cold(true);
    let report = site.build().published();
    assert_eq!(report.foreign, ["CNAME"]);
    assert!(site.path("public/CNAME").exists());
}

#[test]
fn a_folder_that_brief_did_not_make_is_refused_and_stays_as_it_was() {
    let site = newsroom().file("precious/thesis.txt", "years of work");
    let run = site.cli(&["build", "--out", "precious"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("brief did not make"), "{}", run.stderr);
    assert_eq!(fs::read_dir(site.path("precious")).expect("it is still there").count(), 1);
}

#[test]
fn a_file_that_someone_else_put_where_a_page_must_go_stops_the_build_and_stays() {
    let site = newsroom();
    site.build().published();
    site.write("public/contact.html", "made by hand");
    let before = site.tree();
    let site = site.file("content/pages/contact.md", "---\ntitle: Contact\n---\n");
    let said = site.build().diagnostics();
    let named =
        |line: &String| line.starts_with("error foreign-file") && line.contains("contact.html");
    assert!(said.iter().any(named), "{said:?}");
    assert_eq!(site.tree(), before);
    let site = site.remove("public/contact.html");
    assert!(site.build().published().created.contains(&"contact.html".to_owned()));
}

#[test]
fn the_sources_are_never_published_into() {
    let site = newsroom();
    for folder in [".", "content", "content/new", "static", "..", "/"] {
        let run = site.cli(&["build", "--out", folder]);
        assert_eq!(run.code, 2, "--out {folder}: {}", run.stderr);
        assert!(run.stderr.contains("sources"), "--out {folder}: {}", run.stderr);
    }
}

#[test]
fn a_build_that_would_remove_a_third_of_the_pages_stops_unless_it_is_meant() {
    let site = newsroom();
    site.build().published();
    let before = site.tree();
    let site = site.remove("content/articles").remove("content/topics").remove("content/stories");
    let run = site.cli(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--allow-shrink"), "{}", run.stderr);
    assert_eq!(site.tree(), before);
    assert_eq!(site.cli(&["build", "--allow-shrink"]).code, 0);
    assert!(!site.path("public/2023").exists());
}

#[test]
fn a_fault_of_content_leaves_the_published_site_as_it_was() {
    let site = newsroom();
    site.build().published();
    let before = site.tree();
    let site = site.article("2023/09/14/broken.md", "title: Broken\ndate: 2023-02-31", "").article(
        "2023/09/15/fine.md",
        "title: Fine\ndate: 2023-09-15",
        "",
    );
    assert!(site.build().outcome.report.is_none());
    assert_eq!(site.tree(), before);
}

#[test]
fn a_fault_of_a_template_names_the_place_and_leaves_the_published_site_as_it_was() {
    let site = newsroom();
    site.build().published();
    let before = site.tree();
    let site = site.file(
        "templates/article.html",
        "<!doctype html>\n<p>{{ page.no_such_thing.at_all }}</p>\n",
    );
    let built = site.build();
    assert!(
        built
            .diagnostics()
            .iter()
            .any(|line| line.starts_with("error template templates/article.html:2:")),
        "{:?}",
        built.diagnostics()
    );
    assert_eq!(site.tree(), before);
    let site = site.file("templates/article.html", "<!doctype html>\n{% if %}\n");
    assert!(
        site.build()
            .diagnostics()
            .iter()
            .any(|line| line.starts_with("error template templates/article.html:2:"))
    );
    assert_eq!(site.tree(), before);
}

#[test]
fn two_outputs_with_one_route_stop_the_build_and_both_are_named() {
    let same = |a: &str, b: &str| {
        let site = newsroom()
            .article("2023/09/20/a.md", &format!("title: A\ndate: 2023-09-20\nslug: {a}"), "")
            .article("2023/09/20/b.md", &format!("title: B\ndate: 2023-09-20\nslug: {b}"), "");
        let built = site.build();
        let clash = built.diagnostics().into_iter().find(|line| line.contains("route-clash"));
        assert!(
            !site.path("public/2023").exists(),
            "nothing is written before routes are proved unique"
        );
        clash.unwrap_or_else(|| panic!("{a} and {b} do not clash: {:?}", built.diagnostics()))
    };
    let clash = same("same", "same");
    assert!(clash.contains("a.md") && clash.contains("b.md"), "{clash}");
    // One file where the file system folds case, or composes letters: é as one character and as two.
    same("caf\u{e9}", "cafe\u{301}");
    let site = newsroom().file("content/pages/About.md", "---\ntitle: Again\n---\n");
    assert!(site.build().diagnostics().iter().any(|line| line.contains("route-clash")));
    let site = newsroom().article(
        "2023/09/21/c.md",
        "title: C\ndate: 2023-09-21\naliases: [/about.html]",
        "",
    );
    assert!(site.build().diagnostics().iter().any(|line| line.contains("route-clash")));
}

/// The same content in another folder, made in another order, by one thread, in another time zone and locale.
#[test]
fn the_same_input_gives_the_same_bytes_wherever_and_however_it_is_built() {
    let one = newsroom();
    let other = Site::new();
    let sources = one.sources();
    for (path, bytes) in sources.iter().rev() {
        other.write(path, bytes);
    }
    let now = ["build", "--now", "2024-01-01T00:00:00Z"];
    assert_eq!(one.cli(&now).code, 0);
    let run = other.cli_in(
        &["build", "--now", "2024-01-01T00:00:00Z", "--threads", "1"],
        &[
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "fa_IR.UTF-8"),
            ("LANG", "de_DE"),
            ("HOME", "/nowhere"),
        ],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(one.tree(), other.tree());
    let two = one.cli(&[
        "build",
        "--now",
        "2024-01-01T00:00:00Z",
        "--threads",
        "2",
        "--cold",
        "--out",
        "again",
    ]);
    assert_eq!(two.code, 0);
    assert_eq!(one.tree(), one.tree_of("again"));
}

/// A warm build after a change equals a cold build of the same sources, deletions included.
#[test]
fn warm_builds_equal_cold_ones_after_every_edit() {
    let mut site = newsroom();
    site.build().published();
    type Edit = fn(Site) -> Site;
    let edits: [(&str, Edit); 24] = [
        ("body", |it| {
            it.article(
                "2023/09/12/train.md",
                "title: Train\ndate: 2023-09-12\ntopics: [asia]\nstory: summit",
                "Kim Jong Un left. Slowly.\n",
            )
        }),
        ("title", |it| {
            it.article(
                "2023/09/12/train.md",
                "title: Slow train\ndate: 2023-09-12\ntopics: [asia]\nstory: summit",
                "Kim Jong Un left.\n",
            )
        }),
        ("slug", |it| {
            it.article(
                "2023/09/12/train.md",
                "title: Slow train\ndate: 2023-09-12\nslug: rail\ntopics: [asia]\nstory: summit",
                "Kim Jong Un left.\n",
            )
        }),
        ("date", |it| {
            it.article(
                "2023/09/12/train.md",
                "title: Slow train\ndate: 2023-08-30\ntopics: [asia]\nstory: summit",
                "Kim Jong Un left.\n",
            )
        }),
        ("alias of an entity", |it| {
            it.file(
                "content/entities/kim.md",
                "---\nname: Kim Jong Un\nkind: person\naliases: [him]\n---\n",
            )
        }),
        ("role of an entity", |it| {
            it.file(
                "content/entities/kim.md",
                "---\nname: Kim Jong Un\nkind: person\nrole: Leader\naliases: [him]\n---\n",
            )
        }),
        ("name of a topic", |it| {
            it.file("content/topics/asia.md", "---\nname: East Asia\n---\nThe continent.\n")
        }),
        ("milestones", |it| {
            it.file("content/stories/summit.md", "---\nname: Summit\nmilestones: [{date: 2023-09-13, text: Talks, article: talks}]\n---\n")
        }),
        ("draft", |it| {
            it.article(
                "2023/09/13/talks.md",
                "title: Talks\ndate: 2023-09-13T09:00\ndraft: true",
                "Kim spoke.\n",
            )
            .file("content/stories/summit.md", "---\nname: Summit\n---\n")
        }),
        ("a new edition", |it| {
            it.file("content/editions/2023-10-01.md", "---\nintro: Quiet.\nitems: [later]\n---\n")
        }),
        ("a template", |it| {
            it.file(
                "templates/page.html",
                "<!doctype html><title>{{ page.title }}</title>{{ page.body }}\n",
            )
        }),
        ("a UI text", |it| it.file("templates/ui/ar.yaml", "nav:\n  home: Home\n")),
        ("a broader topic", |it| {
            it.content("topics/world.md", "name: World", "").content(
                "topics/asia.md",
                "name: East Asia\nparent: world",
                "The continent.\n",
            )
        }),
        ("the name of a broader topic", |it| it.content("topics/world.md", "name: The World", "")),
        ("the file name of a topic", |it| {
            it.remove("content/topics/world.md").content("topics/globe.md", "name: world", "")
        }),
        ("the file name of an article with a slug", |it| {
            let front = "title: Later\ndate: 2023-10-01\nslug: later";
            it.remove("content/articles/2023/10/01/later.md")
                .article("2023/10/01/rather-late.md", front, "x\n")
                .remove("content/editions/2023-10-01.md")
        }),
        ("the text of an entity that was thin", |it| {
            it.content("entities/kim.md", "name: Kim Jong Un\nkind: person", "A text.\n")
        }),
        ("an entity that appears with another", |it| {
            it.content(
                "entities/rail.md",
                "name: Slowly\nkind: work\nfacts: [{label: of, value: kim}]",
                "",
            )
        }),
        ("the file name of an entity", |it| {
            it.remove("content/entities/kim.md").content(
                "entities/jong-un.md",
                "name: Kim Jong Un\nkind: person\nredirect_from: [kim]",
                "",
            )
        }),
        ("the file name of a story", |it| {
            it.remove("content/stories/summit.md").content("stories/meeting.md", "name: summit", "")
        }),
        ("a part of a template, included without a space", |it| {
            it.file("templates/parts/own.html", "one").file(
                "templates/page.html",
                "<!doctype html><title>x</title>{% include\"parts/own.html\" %}\n",
            )
        }),
        ("that part", |it| it.file("templates/parts/own.html", "two")),
        ("a static image that pages refer to", |it| {
            it.file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        }),
        ("a setting", |it| it.setting("per_page: 2")),
    ];
    for (what, edit) in edits {
        site = edit(site);
        site.build().published();
        let cold = Site::new();
        for (path, bytes) in site.sources() {
            cold.write(&path, &bytes);
        }
        cold.build().published();
        assert_eq!(
            differences(&site.tree(), &cold.tree()),
            Vec::<String>::new(),
            "after a change of {what}"
        );
    }
}

fn differences(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name));
    names.cloned().collect()
}

/// A build that was killed while writing left files that its store does not know.
#[test]
fn a_build_after_a_crash_looks_again_at_what_the_crashed_one_touched() {
    let site = newsroom();
    site.build().published();
    let good = site.tree();
    // As it stands while a build writes: a note that it has begun, and files as a build of other content left them.
    fs::write(store_of(&site).with_extension("unfinished"), "").expect("the folder is there");
    let train = site.path("public/2023/09/12/train.html");
    fs::write(train, "x".repeat(good["2023/09/12/train.html"].len() + 1)).expect("there");
    fs::remove_file(site.path("public/index.html")).expect("there");
    site.build().published();
    assert_eq!(site.tree(), good);
    assert!(!store_of(&site).with_extension("unfinished").exists());
}

#[test]
fn a_site_without_articles_is_built_once() {
    let site = Site::new();
    site.build().published();
    let report = site.build().published();
    assert_eq!((report.rendered, report.bytes), (0, 0), "{report:?}");
    assert!(!store_of(&site).with_extension("unfinished").exists());
}

#[test]
fn a_damaged_store_leads_to_a_cold_build_and_never_to_a_wrong_one() {
    let site = newsroom();
    site.build().published();
    let good = site.tree();
    let store = store_of(&site);
    let whole = fs::read(&store).expect("a build leaves its store");
    let damaged: [(&str, Vec<u8>); 4] = [
        ("empty", Vec::new()),
        ("something else", b"not a store at all".repeat(1000)),
        ("cut", whole[..whole.len() / 3].to_vec()),
        ("overwritten", whole.iter().map(|byte| byte ^ 0x55).collect()),
    ];
    for (what, bytes) in damaged {
        fs::write(&store, bytes).expect("it can be written");
        site.build().published();
        assert_eq!(site.tree(), good, "{what}");
    }
    // Some bytes here and there; the build reads what is about the article that changed.
    let changed =
        site.article("2023/09/14/more.md", "title: More\ndate: 2023-09-14\ntopics: [trade]", "");
    let expected = {
        let cold = Site::new();
        for (path, bytes) in changed.sources() {
            cold.write(&path, &bytes);
        }
        cold.tree_when_built()
    };
    for part in 0..16 {
        let mut bytes = whole.clone();
        let from = bytes.len() * part / 16;
        bytes[from..from + 64].iter_mut().for_each(|byte| *byte ^= 0x15);
        fs::write(&store, bytes).expect("it can be written");
        changed.build().published();
        assert_eq!(changed.tree(), expected, "bytes from {from} on");
    }
}

fn store_of(site: &Site) -> std::path::PathBuf {
    let entries = fs::read_dir(site.path(".brief")).expect("a build leaves its state");
    let mut files = entries.map(|entry| entry.expect("it can be listed").path());
    let is_store = |path: &std::path::PathBuf| path.extension().is_some_and(|it| it == "redb");
    files.find(is_store).expect("one of the files is the store")
}

#[test]
fn two_builds_of_one_site_at_once_do_not_mix() {
    let site = newsroom();
    site.build().published();
    let lock = fs::File::create(site.path(".brief/lock")).expect("the state folder is there");
    lock.lock().expect("nobody else holds it");
    let run = site.cli(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("another brief"), "{}", run.stderr);
}

#[test]
fn what_is_withdrawn_goes_whatever_was_forgotten_or_however_the_folder_is_typed() {
    let draft = |site: Site| {
        site.article("2023/10/01/later.md", "title: Later\ndate: 2023-10-01\ndraft: true", "")
    };
    let now = ["build", "--now", "2024-01-01T00:00:00Z"];
    for (what, arguments) in [
        ("cold", vec!["--cold"]),
        ("another spelling", vec!["--out", "./public/"]),
        ("state deleted", vec![]),
        ("both", vec!["--cold", "--out", "./public"]),
    ] {
        let site = newsroom();
        assert_eq!(site.cli(&now).code, 0);
        let site = draft(site);
        if what == "state deleted" || what == "both" {
            fs::remove_dir_all(site.path(".brief")).unwrap();
        }
        let run = site.cli(&[&now[..], &arguments].concat());
        assert_eq!(run.code, 0, "{what}: {}", run.stderr);
        assert!(!site.path("public/2023/10").exists(), "{what}: {}", run.stdout);
    }
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let with = |site: Site, alias: &str| {
        site.article(
            "2023/09/20/a.md",
            &format!("title: A\ndate: 2023-09-20\naliases: [{alias}]"),
            "",
        )
    };
    let mut site = newsroom();
    for alias in ["/old.x", "/old.x/", "/old.x/deep/er/", "/old.x/deep", "/old.x"] {
        site = with(site, alias);
        site.build().published();
        assert_eq!(site.tree(), with(newsroom(), alias).tree_when_built(), "{alias}");
    }
}

#[test]
fn no_address_leads_out_of_the_output_folder() {
    for (key, value) in [
        ("aliases", "/../content/articles/2023/09/13/talks.md"),
        ("aliases", "/../../elsewhere"),
        ("aliases", "/%2e%2e/%2e%2e/elsewhere"),
        ("aliases", "/a//b.html"),
        ("aliases", "/.brief-output"),
        ("aliases", "/a\\\\b.html"),
        ("slug", "../../x"),
    ] {
        let site = newsroom();
        site.build().published();
        let sources = site.sources();
        let front = format!("title: A\ndate: 2023-09-20\n{key}: [\"{value}\"]")
            .replace("slug: [", "slug: ")
            .replace("x\"]", "x\"");
        let site = site.article("2023/09/20/a.md", &front, "");
        let said = site.build().diagnostics();
        if key == "aliases" {
            assert!(said.iter().any(|line| line.contains("bad-route")), "{value}: {said:?}");
        }
        let site = site.remove("content/articles/2023/09/20/a.md");
        site.build().published();
        assert_eq!(site.sources(), sources, "{value}");
        assert!(site.path("public/.brief-output").is_file(), "{value}");
    }
}
