//! What the page of an entity says of it: how its name is spelled, and the sentences in which it stands.

use crate::site::Site;

const SHOIGU: &str = "name: Sergei Shoigu\nkind: person\naliases: [Serge Shoigu]";

fn site() -> Site {
    Site::new().content("entities/shoigu.md", SHOIGU, "")
}

/// The line of a page that says how a name is spelled.
fn spellings(page: &str) -> &str {
    let line = page.lines().find(|line| line.contains("class=\"spellings\""));
    line.unwrap_or_else(|| panic!("no spellings: {page}"))
}

#[test]
fn each_sentence_with_a_name_is_shown_once_the_first_at_once_and_the_others_when_asked_for() {
    let text = "Before it. Sergei Shoigu came. Shoigu saw Shoigu there. Nobody spoke. \
                **Shoigu** left.\n\nAnd [so](https://example.org/a.b?c) did Shoigu. After it.";
    let site = site().article("a.md", "title: One\ndate: 2023-09-12", text);
    let built = site.build();
    let page = built.page("/entities/shoigu/");
    let (at_once, asked) = page.split_once("<details class=\"further\">").unwrap();
    let (asked, after) = asked.split_once("</details>").unwrap();
    assert!(at_once.contains("Sergei Shoigu</b> came."), "{page}");
    let sentences: Vec<&str> = asked.lines().filter(|line| line.contains("excerpt")).collect();
    assert_eq!(sentences.len(), 3, "{asked}");
    for (sentence, words) in sentences.iter().zip(["saw Shoigu there.", " left.", "And so did"]) {
        assert!(sentence.contains(words), "{sentence} is not {words}");
    }
    for other in ["Before it", "Nobody spoke", "After it"] {
        assert!(!page.contains(other), "{other}: {page}");
    }
    assert!(!after.contains("<details"), "{page}");
}

#[test]
fn of_an_article_that_names_somebody_in_every_sentence_all_are_shown() {
    let text = format!("Sergei Shoigu came. {}", "Shoigu spoke. ".repeat(20));
    let site = site().article("a.md", "title: One\ndate: 2023-09-12", &text);
    let built = site.build();
    assert_eq!(built.page("/entities/shoigu/").matches("class=\"excerpt\"").count(), 21);
}

#[test]
fn a_paragraph_of_thousands_of_sentences_has_each_of_them() {
    let sentence = |n: usize| match n % 3 {
        0 => format!("On day {n} **Sergei Shoigu** came. "),
        1 => format!("On day {n} [he](https://example.org/{n}) and Sergei Shoigu left. "),
        _ => format!("On day {n} Sergei Shoigu spoke. "),
    };
    let text = (0..6000).map(sentence).collect::<String>() + &"And so on. ".repeat(50_000);
    let site = site().article("a.md", "title: One\ndate: 2023-09-12", &text);
    let built = site.build();
    let page = built.page("/entities/shoigu/");
    let mut sentences = page.lines().filter(|line| line.contains("class=\"excerpt\""));
    for n in 0..6000 {
        let (sentence, rest) = (sentences.next().unwrap(), [" came.", " left.", " spoke."]);
        let before =
            if n % 3 == 1 { format!("On day {n} he and ") } else { format!("On day {n} ") };
        let expected = format!(">{before}<b>Sergei Shoigu</b>{}</bdi>", rest[n % 3]);
        assert!(sentence.contains(&expected), "{sentence} is not {expected}");
    }
    assert!(sentences.next().is_none());
}

#[test]
fn articles_that_stand_as_headlines_have_their_sentences_too() {
    let article = |site: Site, hour: u8| {
        let front = format!("title: A {hour}\ndate: 2023-09-12T{hour}:00:00Z");
        site.article(&format!("{hour}.md"), &front, &format!("Shoigu at {hour}. He left."))
    };
    let site = site().content("entities/shoigu.md", "name: Shoigu\nkind: person", "");
    let site = [10, 11, 12].into_iter().fold(site.setting("per_page: 2"), article);
    let built = site.build();
    let page = built.page("/entities/shoigu/");
    let (_, headlines) = page.split_once("<ul class=\"headlines\">").unwrap();
    assert!(!headlines.contains("A 11"), "{page}");
    let (headline, asked) = headlines.split_once("<details class=\"further\">").unwrap();
    assert!(headline.contains("A 10"), "{page}");
    assert!(asked.contains("Shoigu</b> at 10."), "{page}");
}

#[test]
fn every_spelling_that_is_seen_is_listed_also_of_articles_that_stand_on_other_pages() {
    let article = |site: Site, day: u8, text: &str| {
        site.article(&format!("{day}.md"), &format!("title: A {day}\ndate: 2023-09-{day}"), text)
    };
    let site = article(site().setting("per_page: 1"), 10, "Sergei Shoigu came. Shoigu left.");
    let site = article(site, 11, "SERGEI SHOIGU CAME, and Serge Shoigu left.");
    let site = [12, 13, 14].into_iter().fold(site, |site, day| article(site, day, "Serge Shoigu."));
    let built = site.build();
    let line = spellings(&built.page("/entities/shoigu/")).to_owned();
    for spelling in ["Serge Shoigu", "SERGEI SHOIGU", ">Shoigu<"] {
        assert_eq!(line.matches(spelling).count(), 1, "{spelling}: {line}");
    }
    assert!(!line.contains("Sergei Shoigu"), "the name itself: {line}");

    // What only one article wrote goes with it, and a build from nothing says the same.
    let site = site.remove("content/articles/11.md");
    let line = spellings(&site.build().page("/entities/shoigu/")).to_owned();
    assert!(!line.contains("SERGEI") && line.contains(">Shoigu<"), "{line}");
    let warm = site.tree();
    assert_eq!(site.cold(true).tree_when_built(), warm);
}

#[test]
fn a_spelling_of_an_article_that_is_not_out_yet_is_listed_when_it_is() {
    let later = "title: Two\ndate: 2023-09-13T08:00:00Z";
    let site = site()
        .article("a.md", "title: One\ndate: 2023-09-12", "Sergei Shoigu came.")
        .article("b.md", later, "SERGEI SHOIGU came.")
        .now("2023-09-13T07:00:00Z");
    assert!(!spellings(&site.build().page("/entities/shoigu/")).contains("SERGEI"));
    let site = site.now("2023-09-13T09:00:00Z");
    assert!(spellings(&site.build().page("/entities/shoigu/")).contains("SERGEI"));
}

#[test]
fn what_is_left_of_a_name_behind_a_particle_is_no_spelling_of_it() {
    // Jordan with its article, which the particle for "to" swallows: of «للأردن» nothing is a spelling, of «الاردن» all is.
    let jordan = "\u{627}\u{644}\u{623}\u{631}\u{62F}\u{646}";
    let to_jordan = "\u{644}\u{644}\u{623}\u{631}\u{62F}\u{646}";
    let bare = "\u{627}\u{644}\u{627}\u{631}\u{62F}\u{646}";
    let site = |word: &str| {
        Site::new()
            .content("entities/jordan.md", &format!("name: {jordan}\nkind: place"), "")
            .article(
                "a.md",
                "title: One\ndate: 2023-09-12",
                &format!("{jordan} agreed. He went to {word}."),
            )
    };
    let site_to = site(to_jordan);
    let page = site_to.build().page("/entities/jordan/");
    assert!(!page.contains("class=\"spellings\""), "{page}");
    assert_eq!(page.matches("class=\"excerpt\"").count(), 2, "{page}");
    let site = site(bare);
    assert!(spellings(&site.build().page("/entities/jordan/")).contains(bare));
}

#[test]
fn spellings_are_suggested_as_the_spec_says() {
    let path = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs/variants.md");
    let spec = std::fs::read_to_string(path).unwrap();
    let mut site = Site::new();
    let mut wanted = Vec::new();
    for (n, line) in spec.lines().filter(|line| line.starts_with('|')).skip(2).enumerate() {
        let [_, name, text, is_wanted, _] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        site = site
            .content(&format!("entities/e{n}.md"), &format!("name: {name}\nkind: place"), "")
            .article(&format!("{n}.md"), &format!("title: A {n}\ndate: 2023-09-12"), text.trim());
        wanted.extend((is_wanted.trim() == "yes").then(|| format!("e{n}")));
    }
    let now = "2024-01-01T00:00:00Z";
    let json = site.cli(&["build", "--now", now, "--explain-mentions", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let suggested = report["mentions"]["suggested"].as_array().unwrap();
    let mut told: Vec<String> =
        suggested.iter().map(|it| it["entity"].as_str().unwrap().to_owned()).collect();
    told.sort();
    wanted.sort();
    assert!(wanted.len() > 5);
    assert_eq!(told, wanted, "{suggested:#?}");
}
