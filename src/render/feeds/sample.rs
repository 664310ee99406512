//! A newsroom built by hand, with Latin text, for the tests of feeds, sitemaps, host files and JSON-LD; and the
//! other way round, XML parsed back by other code than wrote it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use jiff::{civil::DateTime, tz::TimeZone};
use quick_xml::{Reader, events::Event};

use crate::{
    diag::Place,
    model::{
        Digest,
        article::{Body, Citation, Correction, Image, Kind, Moment, Summary, Translation},
        config::{
            Assets, Config, FeedSettings, HtmlPolicy, LinkMentions, MentionSettings, Months,
            Numerals, Publisher, SecondCalendar,
        },
        links::Names,
        newsroom::{
            ArticleIdx, EntityIdx, Excerpt, Media, Mention, Newsroom, Refs, StoryIdx, Ties,
            TopicIdx,
        },
        registry::{Entity, EntityKind, Matching, Story, StoryStatus, Topic},
        route,
        source::Written,
    },
    render::{desk::Desk, ui::Ui},
    text::locale::Locale,
};

/// Base URL of the newsroom.
pub(in crate::render) const BASE: &str = "https://news.example.org/";

fn config() -> Config {
    Config {
        title: "Daily & Sons (beta)".to_owned(),
        base_url: BASE.to_owned(),
        language: "ar".to_owned(),
        timezone_name: "Asia/Riyadh".to_owned(),
        timezone: TimeZone::fixed(jiff::tz::offset(3)),
        description: "News <in> brief".to_owned(),
        permalink: "/:year/:month/:day/:slug.html".to_owned(),
        per_page: 30,
        numerals: Numerals::default(),
        months: Months::default(),
        second_calendar: SecondCalendar::default(),
        html: HtmlPolicy::default(),
        mentions: MentionSettings { link: LinkMentions::First, min_page: 2, short_forms: true },
        assets: Assets::default(),
        feeds: FeedSettings { items: 30, full: true },
        publisher: Publisher {
            name: "Daily Press".to_owned(),
            logo: Some("/logo.png".to_owned()),
            policies: vec![
                ("correctionsPolicy".to_owned(), "/policies/corrections.html".to_owned()),
                ("ethicsPolicy".to_owned(), "https://other.example/ethics".to_owned()),
                ("name".to_owned(), "/never.html".to_owned()),
            ],
        },
        nav: Vec::new(),
        languages: vec!["ar".to_owned()],
        digest: Digest::default(),
    }
}

pub(in crate::render) fn moment(text: &str, has_time: bool) -> Moment {
    let local: DateTime = text.parse().unwrap();
    let zoned = local.to_zoned_datetime(TimeZone::fixed(jiff::tz::offset(3))).unwrap();
    Moment { instant: zoned.timestamp(), local, offset: 3 * 3600, has_time }
}

fn written(text: &str) -> Written {
    Written { text: text.to_owned(), place: Place::FILE }
}

pub(in crate::render) fn article(stem: &str, date: &str) -> Summary {
    Summary {
        source: format!("content/articles/a/{stem}.md"),
        stem: stem.to_owned(),
        slug: stem.to_owned(),
        lang: None,
        title: format!("Title of {stem}"),
        short_title: None,
        social_title: None,
        date: moment(date, true),
        updated: None,
        standfirst: format!("Standfirst of {stem}"),
        has_standfirst: true,
        points: Vec::new(),
        topics: Vec::new(),
        entities: Vec::new(),
        not_entities: Vec::new(),
        authors: Vec::new(),
        dateline: None,
        kind: Kind::News,
        priority: 3,
        sources: Vec::new(),
        story: None,
        image: None,
        corrections: Vec::new(),
        translation: Translation::default(),
        aliases: Vec::new(),
        draft: false,
        publish_at: None,
        expires: None,
        extra: BTreeMap::new(),
        words: 120,
        digest: Digest::default(),
        body_digest: Digest::default(),
    }
}

/// An article with everything, whose text tries to break out of every format.
fn rich_article() -> Summary {
    let hostile = "\u{0}\u{1B}\u{202E}</script><b>&amp; ]]> \u{2028}\u{FFFF}\"quoted'";
    Summary {
        slug: "\u{642}\u{645}\u{629} a*b".to_owned(),
        title: format!("Apple {hostile}"),
        updated: Some(moment("2023-09-15T08:00:00", true)),
        standfirst: format!("1 < 2 {hostile}"),
        points: vec!["First & last".to_owned(), hostile.to_owned()],
        authors: vec!["Mona \u{8}Ali".to_owned(), "Daily Press desk".to_owned()],
        dateline: Some("Cairo".to_owned()),
        kind: Kind::Analysis,
        sources: vec![
            Citation {
                name: "Agency".to_owned(),
                url: Some("https://agency.example/1".to_owned()),
                note: None,
            },
            Citation {
                name: "By word".to_owned(),
                url: Some("javascript:x".to_owned()),
                note: None,
            },
        ],
        image: Some(Image {
            src: written("map.png"),
            alt: "Map".to_owned(),
            caption: None,
            credit: None,
        }),
        corrections: vec![Correction {
            date: moment("2023-09-14T00:00:00", false),
            text: "A number was wrong.".to_owned(),
        }],
        translation: Translation {
            from: Some("en".to_owned()),
            translator: Some("Sara".to_owned()),
            machine: true,
        },
        ..article("rich", "2023-09-13T09:40:00")
    }
}

pub(in crate::render) fn entity(id: &str, kind: Option<EntityKind>) -> Entity {
    Entity {
        source: format!("content/entities/{id}.md"),
        id: id.to_owned(),
        name: format!("Name of {id}"),
        kind,
        aliases: vec![written("Alias one"), written("Alias two")],
        names: BTreeMap::from([("en".to_owned(), "English name".to_owned())]),
        role: Some("Some role".to_owned()),
        wikidata: Some("Q42".to_owned()),
        same_as: vec!["https://same.example/x".to_owned(), "not a url".to_owned()],
        facts: Vec::new(),
        image: None,
        matching: Matching::Auto,
        redirect_from: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
        digest: Digest::default(),
    }
}

fn topic() -> Topic {
    Topic {
        source: "content/topics/asia.md".to_owned(),
        id: "asia".to_owned(),
        name: "Asia & all".to_owned(),
        parent: None,
        aliases: Vec::new(),
        iptc: Some("medtop:11000000".to_owned()),
        image: None,
        body: Body::default(),
        extra: BTreeMap::new(),
        digest: Digest::default(),
    }
}

fn story() -> Story {
    Story {
        source: "content/stories/summit.md".to_owned(),
        id: "summit".to_owned(),
        name: "The summit".to_owned(),
        status: StoryStatus::Ongoing,
        milestones: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
        digest: Digest::default(),
    }
}

pub(in crate::render) fn empty() -> Newsroom {
    Newsroom {
        config: config(),
        articles: Vec::new(),
        ties: Vec::new(),
        topics: Vec::new(),
        entities: Vec::new(),
        stories: Vec::new(),
        parents: Vec::new(),
        topic_articles: Vec::new(),
        entity_articles: Vec::new(),
        story_articles: Vec::new(),
        editions: BTreeMap::new(),
        days: BTreeMap::new(),
        pages: Vec::new(),
        media: BTreeMap::new(),
        names: Names::default(),
        refs: BTreeMap::new(),
        statics: BTreeMap::new(),
    }
}

/// Three articles, one topic, one story, thirty entities of which the first is what the rich article is about.
pub(in crate::render) fn newsroom() -> Newsroom {
    let mut newsroom = empty();
    newsroom.articles = vec![
        article("later", "2023-10-01T00:00:00"),
        rich_article(),
        Summary { lang: Some("en".to_owned()), ..article("older", "2023-09-12T18:00:00") },
    ];
    newsroom.topics = vec![topic()];
    newsroom.parents = vec![None];
    newsroom.stories = vec![story()];
    newsroom.entities = (0..30)
        .map(|number| entity(&format!("e{number:02}"), (number > 0).then_some(EntityKind::Person)))
        .collect();
    let all: Vec<ArticleIdx> = (0..3).map(ArticleIdx).collect();
    newsroom.ties = all.iter().map(|&idx| ties(&newsroom, idx)).collect();
    newsroom.topic_articles = vec![vec![ArticleIdx(1)]];
    newsroom.story_articles = vec![all.clone()];
    newsroom.entity_articles = vec![vec![ArticleIdx(1)]; 30];
    newsroom.entity_articles[0] = all.clone();
    for idx in all {
        newsroom.days.entry(newsroom.article(idx).date.day()).or_default().push(idx);
    }
    let image = "content/articles/a/map.png".to_owned();
    let route = route::media(&image);
    newsroom.names.files.insert(image.clone());
    newsroom.media.insert(image, Media { route, size: None, digest: Digest::default() });
    newsroom
}

fn ties(newsroom: &Newsroom, idx: ArticleIdx) -> Ties {
    let rich = idx == ArticleIdx(1);
    let mention = |entity| Mention {
        entity: EntityIdx(entity),
        places: vec![(0, 1)],
        excerpt: Excerpt::default(),
    };
    Ties {
        route: route::permalink(&newsroom.config.permalink, newsroom.article(idx)),
        topics: if rich { vec![TopicIdx(0)] } else { Vec::new() },
        about: if rich { vec![EntityIdx(0)] } else { Vec::new() },
        mentions: if rich { (0..30).map(mention).collect() } else { Vec::new() },
        story: Some(StoryIdx(0)),
        refs: Refs::default(),
    }
}

/// Renders something at a desk for this newsroom.
pub(in crate::render) fn at_desk<T>(newsroom: &Newsroom, work: impl FnOnce(&Desk<'_>) -> T) -> T {
    let config = &newsroom.config;
    let ui = Ui::default();
    let locale =
        Locale::new(&config.language, config.numerals, config.months, config.second_calendar);
    work(&Desk { newsroom, ui: &ui, locale: &locale })
}

pub(in crate::render) fn written_by(
    newsroom: &Newsroom,
    work: impl FnOnce(&Desk<'_>, &mut Vec<u8>),
) -> String {
    let mut out = Vec::new();
    at_desk(newsroom, |desk| work(desk, &mut out));
    String::from_utf8(out).unwrap()
}

/// One element: its path from the root, its attributes, its own text.
pub(in crate::render) struct Element {
    path: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// Every element of a well-formed document, in order of their ends.
pub(in crate::render) fn elements(xml: &str) -> Vec<Element> {
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{xml}");
    assert!(!xml.contains(['\0', '\u{1}', '\u{8}', '\u{1B}', '\u{202E}', '\u{FFFF}']));
    let mut reader = Reader::from_str(xml);
    let (mut open, mut done): (Vec<Element>, Vec<Element>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&open, &start)),
            Event::Empty(start) => done.push(element(&open, &start)),
            Event::End(_) => done.push(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let entity = format!("&{};", reference.xml10_content());
                let text = quick_xml::escape::unescape(&entity).unwrap().into_owned();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("unexpected {other:?}"),
        }
    }
    assert!(open.is_empty());
    done
}

fn element(open: &[Element], start: &quick_xml::events::BytesStart<'_>) -> Element {
    let name = start.name().0.to_owned();
    let path = open.last().map_or(name.clone(), |parent| format!("{}/{name}", parent.path));
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
        (attribute.key.0.to_owned(), value)
    });
    Element { path, attributes: attributes.collect(), text: String::new() }
}

pub(in crate::render) fn texts<'e>(elements: &'e [Element], path: &str) -> Vec<&'e str> {
    elements.iter().filter(|e| e.path == path).map(|e| e.text.as_str()).collect()
}

pub(in crate::render) fn attributes<'e>(
    elements: &'e [Element],
    path: &str,
    name: &str,
) -> Vec<&'e str> {
    let found = elements.iter().filter(|e| e.path == path);
    found.map(|e| e.attributes[name].as_str()).collect()
}

pub(in crate::render) fn assert_absolute(url: &str) {
    assert!(url.starts_with("https://"), "{url}");
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "not percent-encoded: {url}");
}
