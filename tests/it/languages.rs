//! Sites in several languages: what each language has for itself, how pages of one thing lead to each other, and what is said
//! of what is not translated. The worked example is `tests/cases/languages/`.

use std::{collections::BTreeMap, fs, path::Path};

use crate::site::{Built, Site};

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/languages");

/// The worked example, in a folder of its own.
fn example() -> Site {
    let site = Site::new().now("2023-09-15T00:00:00Z");
    copy(&site, Path::new(CASE), "");
    site
}

fn copy(site: &Site, folder: &Path, below: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            copy(site, &entry.path(), &path);
        } else {
            site.write(&path, fs::read(entry.path()).unwrap());
        }
    }
}

/// A site in Arabic and English.
fn bilingual() -> Site {
    Site::new().setting("languages: [ar, en]")
}

impl Built {
    /// Language and address of each `hreflang` of a page.
    fn alternates(&self, route: &str) -> BTreeMap<String, String> {
        let page = self.page(route);
        let links = page.split("<link rel=\"alternate\" hreflang=\"").skip(1);
        let pair = |link: &str| {
            let mut parts = link.split('"');
            (parts.next().unwrap().to_owned(), parts.nth(1).unwrap().to_owned())
        };
        links.map(pair).collect()
    }

    /// Where the switch of a page leads.
    fn switch(&self, route: &str) -> Vec<String> {
        let page = self.page(route);
        let Some(at) = page.find("<nav class=\"languages\"") else { return Vec::new() };
        let nav = page[at..].split("</nav>").next().unwrap();
        nav.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
    }
}

#[test]
fn every_language_has_pages_of_its_own_made_of_its_own_articles() {
    let site = example();
    let built = site.build();
    built.published();
    assert_eq!(built.diagnostics(), [""; 0]);
    let front = built.page("/en/");
    assert!(front.contains("<html lang=\"en\" dir=\"ltr\">"), "{front}");
    assert!(front.contains("<title>The Ports Briefing</title>"), "{front}");
    assert!(front.contains("Ships return to the port"), "{front}");
    assert!(!front.contains("/2023/09/13/crane.html"), "an article in Arabic: {front}");
    assert!(built.page("/").contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(!built.page("/").contains("Ships return"));
    for route in ["/en/archive/", "/en/2023/09/13/", "/en/topics/shipping/", "/en/stories/strike/"]
    {
        let page = built.page(route);
        let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        let is_arabic = |c: char| ('\u{600}'..='\u{6FF}').contains(&c);
        assert!(!main.contains(is_arabic), "{route}: {main}");
    }
    let feed = built.page("/en/feed.xml");
    assert!(feed.contains("xml:lang=\"en\"") && !feed.contains("/crane.html"), "{feed}");
    assert!(!built.page("/feed.xml").contains("/en/2023/"));
    // A translation has an id of its own, and does not change that of its original.
    assert!(feed.contains("tag:ports.example,2023-09-12:en/strike-begins<"), "{feed}");
    assert!(built.page("/feed.xml").contains("tag:ports.example,2023-09-12:strike-begins<"));
    let sitemap = built.page("/sitemap.xml");
    assert!(sitemap.contains("https://ports.example/en/sitemaps/2023-09.xml"), "{sitemap}");
    assert!(built.page("/robots.txt").contains("https://ports.example/en/news-sitemap.xml"));
}

#[test]
fn names_and_texts_are_those_of_the_language_and_lead_to_its_pages() {
    let site = example();
    let built = site.build();
    let article = built.page("/en/2023/09/12/strike-begins.html");
    // The editor links it himself, in the sentence that follows its name.
    let link = "See <a href=\"/en/entities/beirut-port/\">Port of Beirut</a>";
    assert!(article.contains(link), "{article}");
    assert_eq!(article.matches(">Port of Beirut</a>").count(), 1, "{article}");
    assert!(article.contains("href=\"/en/entities/sea-union/\">Seafarers’ Union</a>"), "{article}");
    // A name that both languages have means the article of the language that says it.
    assert!(article.contains("href=\"/en/2023/09/13/treaty-text.html\">the text</a>"), "{article}");
    let place = built.page("/en/entities/beirut-port/");
    assert!(
        place.contains("Lebanon’s largest port") && place.contains("<dd>Beirut</dd>"),
        "{place}"
    );
    let story = built.page("/en/stories/strike/");
    let link =
        "<a href=\"/en/2023/09/12/strike-begins.html\"><bdi dir=\"ltr\">The strike began</bdi></a>";
    assert!(story.contains(link), "{story}");
    // The publisher's pages too, where they are translated.
    assert!(article.contains("href=\"/en/ethics.html\""), "{article}");
    assert!(!article.contains("href=\"/about.html\""), "{article}");
}

#[test]
fn alternates_name_each_other_and_the_switch_leads_to_the_same_page() {
    let site = example();
    let built = site.build();
    let pairs = [
        ("/", "/en/"),
        ("/2023/09/12/strike-begins.html", "/en/2023/09/12/strike-begins.html"),
        ("/2023/09/13/treaty-text.html", "/en/2023/09/13/treaty-text.html"),
        ("/2023/09/14/ships-come-back.html", "/en/2023/09/14/ships-return.html"),
        ("/topics/labour/", "/en/topics/labour/"),
        ("/entities/beirut-port/", "/en/entities/beirut-port/"),
        ("/stories/strike/", "/en/stories/strike/"),
        ("/archive/", "/en/archive/"),
        ("/entities/", "/en/entities/"),
        ("/ethics.html", "/en/ethics.html"),
    ];
    for (arabic, english) in pairs {
        let url = |route: &str| format!("https://ports.example{route}");
        let expected = [("ar", arabic), ("en", english), ("x-default", arabic)];
        let expected: BTreeMap<_, _> =
            expected.map(|(lang, route)| (lang.to_owned(), url(route))).into();
        assert_eq!(built.alternates(arabic), expected, "{arabic}");
        assert_eq!(built.alternates(english), expected, "{english}");
        assert_eq!(built.switch(arabic), [english]);
        assert_eq!(built.switch(english), [arabic]);
    }
    // Without a translation, the front page; of a day, the archive.
    assert_eq!(built.switch("/2023/09/13/crane.html"), ["/en/"]);
    assert_eq!(built.alternates("/2023/09/13/crane.html"), BTreeMap::new());
    assert_eq!(built.switch("/2023/09/12/"), ["/en/archive/"]);
    assert_eq!(built.switch("/about.html"), ["/en/"]);
    assert_eq!(built.switch("/en/404.html"), ["/"]);
}

#[test]
fn every_alternate_of_every_page_is_there_and_answers() {
    let site = example();
    let built = site.build();
    let mut n_pages = 0;
    for file in site.tree().keys().filter(|file| file.ends_with(".html")) {
        let route = format!("/{}", file.strip_suffix("index.html").unwrap_or(file));
        let alternates = built.alternates(&route);
        for url in alternates.values() {
            let other = url.strip_prefix("https://ports.example").unwrap();
            assert!(built.exists(other), "{route} names {other}");
            assert_eq!(built.alternates(other), alternates, "{route} and {other}");
        }
        for other in built.switch(&route) {
            assert!(built.exists(&other), "the switch of {route} leads to {other}");
        }
        n_pages += usize::from(!alternates.is_empty());
    }
    assert!(n_pages > 20, "{n_pages}");
}

#[test]
fn a_language_without_a_name_for_a_topic_shows_the_sites_own_in_its_direction() {
    let site = bilingual()
        .content("topics/ports.md", "name: \u{645}\u{631}\u{627}\u{641}\u{626}", "Body.")
        .article("a.en.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "Text.");
    let built = site.build();
    let page = built.page("/en/topics/ports/");
    assert!(page.contains("<h1><bdi lang=\"ar\" dir=\"rtl\">"), "{page}");
    // What is not told in the language is not shown.
    assert!(!page.contains("Body."), "{page}");
}

#[test]
fn rule_04_a_name_of_another_language_says_so_wherever_it_stands() {
    let name = "\u{645}\u{631}\u{627}\u{641}\u{626}";
    let site = bilingual()
        .content("topics/ports.md", &format!("name: {name}"), "")
        .content("entities/pier.md", &format!("name: {name}\nkind: place"), "")
        .content("stories/strike.md", &format!("name: {name}"), "")
        .article(
            "a.en.md",
            "title: One\ndate: 2023-09-12\ntopics: [ports]\nentities: [pier]\nstory: strike",
            "Text.",
        );
    let built = site.build();
    let pages = [
        "/en/",
        "/en/2023/09/12/a.html",
        "/en/topics/ports/",
        "/en/entities/pier/",
        "/en/stories/strike/",
    ];
    for path in pages {
        let page = built.page(path);
        let body = page.split_once("<body").unwrap().1;
        let shown = body.matches(name).count();
        let marked = body.matches(&format!("<bdi lang=\"ar\" dir=\"rtl\">{name}</bdi>")).count();
        assert!(shown > 0, "{path}");
        assert_eq!(shown, marked, "{path}: {body}");
    }
}

#[test]
fn a_list_is_in_a_language_only_while_that_has_an_article_on_it() {
    let site = bilingual()
        .content("topics/ports.md", "name: Ports", "")
        .content("topics/docks.md", "name: Docks\nparent: ports", "")
        .article("a.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "Text.")
        .article("b.en.md", "title: Two\ndate: 2023-09-12\ntopics: [docks]", "On [[ports]].");
    let built = site.build();
    assert!(!built.exists("/en/topics/ports/"));
    assert!(
        built.page("/en/2023/09/12/b.html").contains("On <a href=\"/topics/ports/\">Ports</a>")
    );
    assert_eq!(built.switch("/topics/ports/"), ["/en/topics/"]);
    assert!(!built.page("/en/topics/").contains("/topics/ports/"));

    let site = site.article("c.en.md", "title: Three\ndate: 2023-09-13\ntopics: [ports]", "");
    let before = site.tree();
    let built = site.build();
    assert!(built.page("/en/feed.xml").contains("https://example.org/en/topics/ports/"));
    assert!(built.page("/en/2023/09/12/b.html").contains("href=\"/en/topics/ports/\">Ports</a>"));
    assert_eq!(built.switch("/topics/ports/"), ["/en/topics/ports/"]);
    assert!(built.page("/en/topics/").contains("/en/topics/ports/"));
    assert!(built.page("/en/topics/docks/").contains("href=\"/en/topics/ports/\""));

    let site = site.remove("content/articles/c.en.md");
    site.build().published();
    assert_eq!(site.tree().keys().collect::<Vec<_>>(), {
        let mut files: Vec<_> = before.keys().collect();
        files.sort();
        files
    });
    let after = site.tree();
    let differing: Vec<_> =
        before.iter().filter(|(file, it)| after.get(*file) != Some(*it)).collect();
    let differing: Vec<_> = differing.into_iter().map(|(file, _)| file).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn a_site_of_one_language_has_nothing_of_this() {
    let site = Site::new().article("a.en.md", "title: One\ndate: 2023-09-12\nlang: fr", "Text.");
    let plain = site.tree_when_built();
    let site = site.setting("languages: [ar]");
    assert_eq!(site.tree_when_built(), plain);
    let built = site.build();
    // The file's name says nothing where there are no languages to choose from.
    let page = built.page("/2023/09/12/a-en.html");
    assert!(!page.contains("hreflang") && !page.contains("class=\"languages\""), "{page}");
    assert!(page.contains("lang=\"fr\" dir=\"ltr\""), "{page}");
}

#[test]
fn unknown_languages_are_errors_with_their_place() {
    let site = Site::new().setting("languages: [ar, he_IL, xx]");
    assert_eq!(
        site.build().errors(),
        [
            "error bad-language brief.yaml:5:17 «he_IL» is not a known language tag",
            "error bad-language brief.yaml:5:24 «xx» is not a known language tag",
        ]
    );
    let site = bilingual()
        .article("a.fr.md", "title: One\ndate: 2023-09-12", "Text.")
        .article("b.md", "title: Two\ndate: 2023-09-12\nlang: fr", "Text.")
        .article("c.en.md", "title: Three\ndate: 2023-09-12\nlang: ar", "Text.")
        .article("v1.2.md", "title: Four\ndate: 2023-09-12", "Text.");
    let built = site.build();
    let expected = [
        "error unknown-language content/articles/a.fr.md:1:1 the file is named after the language «fr», \
         which the site has not",
        "error unknown-language content/articles/b.md:4:7 «fr» is not a language of this site",
        "error two-languages content/articles/c.en.md:4:7 `lang` says «ar», and the file's name «en»",
    ];
    assert_eq!(built.errors(), expected);
    let hints: Vec<_> =
        built.outcome.diagnostics.iter().filter_map(|it| it.hint.as_deref()).collect();
    assert!(hints[1].contains("ar, en; add `fr` to `languages` in brief.yaml"), "{hints:?}");
}

#[test]
fn a_translation_says_of_what_it_is_one() {
    let site = bilingual().article("deep/a.md", "title: One\ndate: 2023-09-12", "Text.").article(
        "b.md",
        "title: Two\ndate: 2023-09-13\nlang: en\ntranslation_of: a",
        "Text.",
    );
    let built = site.build();
    assert_eq!(built.switch("/en/2023/09/13/b.html"), ["/2023/09/12/a.html"]);
    assert_eq!(built.switch("/2023/09/12/a.html"), ["/en/2023/09/13/b.html"]);

    let site = site.article(
        "c.md",
        "title: Three\ndate: 2023-09-13\nlang: en\ntranslation_of: nothing",
        "Text.",
    );
    assert_eq!(
        site.build().errors(),
        [
            "error missing-target content/articles/c.md:5:17 there is no article «nothing» in another language"
        ]
    );
    let site = site
        .article("deep/a.en.md", "title: Three\ndate: 2023-09-13", "")
        .remove("content/articles/c.md");
    let errors = site.build().errors();
    assert!(errors.len() == 1 && errors[0].contains("two-translations"), "{errors:?}");
}

#[test]
fn a_translation_that_comes_or_goes_changes_only_what_shows_it() {
    let mut site = bilingual();
    for day in 1..=28 {
        let front = format!("title: T{day}\ndate: 2023-08-{day:02}");
        site = site.article(&format!("t{day}.md"), &front, "Text.");
    }
    let before = site.tree_when_built();
    let site = site.article("t3.en.md", "title: E3\ndate: 2023-08-03", "Text.");
    let report = site.build().published();
    let replaced: Vec<_> =
        report.replaced.iter().filter(|file| !file.starts_with("en/")).cloned().collect();
    assert_eq!(replaced, ["2023/08/03/t3.html", "sitemap.xml"]);
    let site = site.remove("content/articles/t3.en.md");
    site.build().published();
    assert_eq!(site.tree(), before);
}

#[test]
fn parts_of_a_site_in_two_languages_are_together_the_whole() {
    let whole = example().tree_when_built();
    let mut together = BTreeMap::new();
    for part in ["1/3", "2/3", "3/3"] {
        let site = example().part(Some(part));
        site.build().published();
        together.extend(site.tree());
    }
    let without_marker = |tree: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        tree.into_iter().filter(|(file, _)| !file.starts_with(".brief")).collect()
    };
    assert_eq!(without_marker(together), without_marker(whole));
}

/// The edition's page shows a topic of an article in another language: where that topic has a page is for the editions of all
/// languages. A topic without a file, and named first in the other language, so that it stays what it is.
#[test]
fn an_edition_that_names_an_article_of_another_language_leads_to_the_topics_page_that_there_is() {
    let site = bilingual()
        .article("2023/10/20/here.md", "title: Here\ndate: 2023-10-20\ntopics: [trade]", "Here.\n")
        .article("2023/10/10/between.md", "title: Between\ndate: 2023-10-10", "Between.\n")
        .article(
            "2023/09/11/there.md",
            "title: There\ndate: 2023-09-11\nlang: en\ntopics: [trade]",
            "There.\n",
        )
        .article("2023/09/13/own.md", "title: Own\ndate: 2023-09-13", "Own.\n");
    site.write("content/editions/2023-09-13.md", "---\nitems: [there]\n---\n");
    let day = "/2023/09/13/";
    let built = site.build();
    built.published();
    assert!(built.page(day).contains(r#"href="/topics/trade/""#), "{}", built.page(day));
    let site = site.remove("content/articles/2023/10/20/here.md");
    let built = site.build();
    built.published();
    assert!(built.page(day).contains(r#"href="/en/topics/trade/""#), "{}", built.page(day));
}
