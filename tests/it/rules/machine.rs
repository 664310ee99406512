//! Rules about characters, metadata and feeds. In: every file of the hard site. Out: what breaks a rule.

use brief::text::bidi::{Class, class};

use super::{FILES, article, pages, tags};

#[test]
fn rule_20_no_embeddings_anywhere_and_isolates_only_without_markup() {
    for (path, text) in FILES.iter() {
        assert!(!text.contains(|c| ('\u{202A}'..='\u{202E}').contains(&c)), "{path}");
        let n = |set: &[char]| text.chars().filter(|c| set.contains(c)).count();
        assert_eq!(n(&['\u{2066}', '\u{2067}', '\u{2068}']), n(&['\u{2069}']), "{path}");
    }
    for (path, page) in pages() {
        for tag in tags(page).iter().filter(|tag| !["title", "script"].contains(&tag.name)) {
            let is_isolate = |c| ('\u{2066}'..='\u{2069}').contains(&c);
            assert!(!tag.text.contains(is_isolate), "{path}: «{}»", tag.text);
        }
    }
}

#[test]
fn rule_21_marks_stand_only_where_a_rule_puts_them() {
    for (path, page) in pages() {
        for tag in tags(page).iter().filter(|tag| !["title", "script"].contains(&tag.name)) {
            assert!(!tag.text.contains(['\u{200E}', '\u{200F}']), "{path}: «{}»", tag.text);
        }
    }
}

#[test]
fn rule_22_nothing_unseen_stands_within_words() {
    for (path, page) in pages() {
        assert!(!page.contains(['\u{AD}', '\u{FEFF}', '\u{200B}']), "{path}");
    }
}

#[test]
fn rule_23_letters_are_no_presentation_forms() {
    for (path, text) in FILES.iter() {
        assert!(!text.contains(|c| ('\u{FE70}'..='\u{FEFC}').contains(&c)), "{path}");
    }
    assert!(article().contains("\u{633}\u{644}\u{627}\u{645}"));
}

#[test]
fn rule_25_titles_begin_in_their_direction() {
    let first =
        |text: &str| text.chars().map(class).find(|it| matches!(it, Class::Ltr | Class::Rtl));
    let page = article();
    let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    assert_eq!(first(title), Some(Class::Rtl), "{title}");
    let tags = tags(page);
    let og = tags.iter().find(|tag| tag.attributes.contains("og:title")).unwrap();
    assert_eq!(first(og.attribute("content").unwrap()), Some(Class::Rtl));
    let headline = page.split_once("\"headline\":\"").unwrap().1;
    assert_eq!(first(headline), Some(Class::Rtl));
    for (path, text) in
        FILES.iter().filter(|(path, _)| path.ends_with(".xml") && path.contains("feed"))
    {
        for title in text.split("<title>").skip(1).filter(|it| !it.starts_with("English")) {
            assert_eq!(first(title), Some(Class::Rtl), "{path}");
        }
    }
}

#[test]
fn rule_26_attributes_with_mixed_text_have_isolates() {
    let tags = tags(article());
    let description = tags.iter().find(|tag| tag.attribute("name") == Some("description")).unwrap();
    let content = description.attribute("content").unwrap();
    assert!(content.contains("\u{2066}Yahoo!\u{2069}"), "{content}");
}

#[test]
fn rule_27_feeds_say_their_language_and_direction() {
    let file = |name: &str| &FILES.iter().find(|(path, _)| path.ends_with(name)).unwrap().1;
    assert!(file("feed.xml").contains("xml:lang=\"ar\""));
    assert!(file("rss.xml").contains("<language>ar</language>"));
    assert!(file("feed.json").contains("\"language\":\"ar\""));
    assert!(article().contains("\"inLanguage\":\"ar\""));
    assert!(file("rss.xml").contains("&lt;div lang=\"ar\" dir=\"rtl\"&gt;"));
}

#[test]
fn rule_28_urls_are_percent_encoded() {
    for (path, text) in FILES.iter().filter(|(path, _)| path.contains("sitemap")) {
        assert!(text.is_ascii() || path.contains("news"), "{path}");
    }
    for (path, page) in pages() {
        for tag in tags(page).iter().filter(|tag| tag.name == "a" || tag.name == "link") {
            let href = tag.attribute("href").unwrap_or_default();
            assert!(href.is_ascii() || href.starts_with('#'), "{path}: {href}");
        }
    }
}

#[test]
fn rule_29_names_of_files_fit() {
    for (path, _) in FILES.iter() {
        assert!(path.split('/').all(|part| part.len() <= 255), "{path}");
    }
}

#[test]
fn rule_87_shared_text_begins_in_its_direction() {
    let share = article().split_once("https://wa.me/?text=").unwrap().1;
    // U+200F and U+2066
    assert!(share.starts_with("%E2%80%8F%E2%81%A6Apple%20Inc.%E2%81%A9"), "{}", &share[..80]);
}
