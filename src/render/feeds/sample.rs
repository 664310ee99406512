//! A newsroom built by hand, with Latin text, for the tests of feeds, sitemaps, host files and JSON-LD; and the
//! other way round, XML parsed back by other code than wrote it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};
use quick_xml::{Reader, events::Event};

use crate::{
    archive::{Encoded, Newsroom, Registry, Store},
    diag::Place,
    model::{
        Digest,
        article::{Body, Citation, Correction, Image, Kind, Moment, Summary, Translation},
        config::{
            Assets, Config, FeedSettings, HtmlPolicy, LinkMentions, MentionSettings, Months,
            Numerals, Publisher, SecondCalendar,
        },
        day::Month,
        face::Heading,
        links::id_key,
        newsroom::{
            ArticleId, EntityIdx, Filed, Item, ListId, Media, Mention, Row, Shelf, StoryIdx, Ties,
            TopicIdx,
        },
        registry::{Entity, EntityKind, Matching, Story, StoryStatus, Topic},
        route,
        source::Written,
    },
    render::{desk::Desk, ui::Ui},
    text::{fold, locale::Locale},
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
        mentions: MentionSettings {
            link: LinkMentions::First,
            min_page: 2,
            short_forms: true,
            with_particles: false,
        },
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
        languages: Vec::new(),
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
    let heading = Heading {
        source: format!("content/articles/a/{stem}.md"),
        stem: stem.to_owned(),
        title: format!("Title of {stem}"),
        date: moment(date, true),
        standfirst: format!("Standfirst of {stem}"),
        ..Heading::default()
    };
    Summary {
        heading,
        slug: stem.to_owned(),
        has_standfirst: true,
        priority: 3,
        words: 120,
        ..Summary::default()
    }
}

/// An article with everything, whose text tries to break out of every format.
fn rich_article() -> Summary {
    let hostile = "\u{0}\u{1B}\u{202E}</script><b>&amp; ]]> \u{2028}\u{FFFF}\"quoted'";
    let plain = article("rich", "2023-09-13T09:40:00");
    let heading = Heading {
        title: format!("Apple {hostile}"),
        updated: Some(moment("2023-09-15T08:00:00", true)),
        kind: Kind::Analysis,
        standfirst: format!("1 < 2 {hostile}"),
        points: vec!["First & last".to_owned(), hostile.to_owned()],
        authors: vec!["Mona \u{8}Ali".to_owned(), "Daily Press desk".to_owned()],
        image: Some(Image {
            src: written("map.png"),
            alt: "Map".to_owned(),
            caption: None,
            credit: None,
        }),
        ..plain.heading
    };
    Summary {
        heading,
        slug: "\u{642}\u{645}\u{629} a*b".to_owned(),
        dateline: Some("Cairo".to_owned()),
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
        corrections: vec![Correction {
            date: moment("2023-09-14T00:00:00", false),
            text: "A number was wrong.".to_owned(),
        }],
        translation: Translation {
            from: Some("en".to_owned()),
            translator: Some("Sara".to_owned()),
            machine: true,
        },
        ..plain
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
        names: BTreeMap::new(),
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
        names: BTreeMap::new(),
        status: StoryStatus::Ongoing,
        milestones: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
        digest: Digest::default(),
    }
}

/// What a newsroom is made of; a test changes what it is about.
pub(in crate::render) struct Sample {
    pub(in crate::render) config: Config,
    /// In the order of their numbers.
    pub(in crate::render) articles: Vec<Filed>,
    pub(in crate::render) registry: Registry,
    /// Files beside content, by source path.
    pub(in crate::render) media: BTreeMap<String, Media>,
}

impl Sample {
    /// Nothing but settings.
    fn empty() -> Self {
        Self {
            config: config(),
            articles: Vec::new(),
            registry: Registry::default(),
            media: BTreeMap::new(),
        }
    }

    /// Three articles, one topic, one story, thirty entities of which the first is what every article is about.
    pub(in crate::render) fn full() -> Self {
        let mut sample = Self::empty();
        sample.registry.topics.add(0, topic());
        sample.registry.stories.add(0, story());
        for number in 0..30 {
            let kind = (number > 0).then_some(EntityKind::Person);
            sample.registry.entities.add(number, entity(&format!("e{number:02}"), kind));
        }
        let mut older = article("older", "2023-09-12T18:00:00");
        older.heading.lang = Some("en".to_owned());
        sample.articles =
            [article("later", "2023-10-01T00:00:00"), rich_article(), older].map(filed).into();
        let mention = |entity| Mention {
            entity: EntityIdx(entity),
            places: vec![(0, 1)],
            spellings: Vec::new(),
        };
        let rich = &mut sample.articles[1];
        rich.ties.topics = vec![TopicIdx(0)];
        rich.mentions = (0..30).map(mention).collect();
        let image = "content/articles/a/map.png".to_owned();
        let route = route::media(&image);
        sample.media.insert(image, Media { route, size: None, digest: Digest::default() });
        sample
    }

    /// The newsroom with an archive in memory.
    pub(in crate::render) fn newsroom(self) -> Newsroom {
        // What reads a store can do so while it is open; this one stays open until the test has ended.
        let store: &'static Store = Box::leak(Box::new(Store::in_memory().unwrap()));
        let batch = store.batch().unwrap();
        let filed = || (0..).map(ArticleId).zip(&self.articles);
        batch
            .put_articles(filed().map(|(id, it)| (id, Some(Encoded::new(it, &[], &[]).unwrap()))))
            .unwrap();
        let keys = filed().map(|(id, it)| (id_key(&fold::key(&it.summary.stem)), id.0));
        batch.put_keys(keys.map(|key| (key, Some(true)))).unwrap();
        let rows: Vec<_> = filed().map(|(id, it)| (id, self.row(id, it))).collect();
        batch.put_rows(rows.iter().map(|(id, row)| (*id, Some(row)))).unwrap();
        for (shelf, months) in shelves(filed()) {
            let counts = months.iter().rev().map(|(month, items)| (*month, items.len())).collect();
            batch.put_heads([(shelf.into(), counts)]).unwrap();
            batch
                .put_lists(months.into_iter().map(|(month, it)| (shelf.into(), month, it)))
                .unwrap();
        }
        for (path, media) in &self.media {
            batch.put_media(path, Some(&Some(media.clone()))).unwrap();
        }
        batch.show().unwrap();
        let today = Date::constant(2024, 1, 1);
        let statics = BTreeMap::new();
        Newsroom::new(self.config, self.registry, statics, today, store.snapshot().unwrap())
    }
}

impl Sample {
    /// As far as pages read it.
    fn row(&self, id: ArticleId, filed: &Filed) -> Row {
        let name = |it: &Filed| (it.summary.date.day(), it.summary.stem.clone());
        let mut others = (0..).map(ArticleId).zip(&self.articles).filter(|(other, _)| *other != id);
        let has_namesake = others.any(|(_, other)| name(other) == name(filed));
        Row { published: true, has_namesake, ..Row::blank() }
    }
}

/// The articles of every shelf by month, newest first.
fn shelves<'a>(
    filed: impl Iterator<Item = (ArticleId, &'a Filed)>,
) -> BTreeMap<Shelf, BTreeMap<Month, Vec<Item>>> {
    let mut shelves: BTreeMap<Shelf, BTreeMap<Month, Vec<Item>>> = BTreeMap::new();
    for (id, filed) in filed {
        let (date, ties) = (&filed.summary.date, &filed.ties);
        let item = Item { micros: date.instant.as_microsecond(), day: date.day(), id };
        let topics = ties.topics.iter().map(|topic| ListId::Topic(*topic));
        let lists = topics.chain(filed.entities().map(ListId::Entity));
        let lists = lists.chain(ties.story.map(ListId::Story)).map(Shelf::List);
        for shelf in [Shelf::All].into_iter().chain(lists) {
            shelves.entry(shelf).or_default().entry(Month::of(item.day)).or_default().push(item);
        }
    }
    let months = shelves.values_mut().flat_map(BTreeMap::values_mut);
    months.for_each(|items| items.sort_by_key(|item| std::cmp::Reverse(item.micros)));
    shelves
}

/// An article about the first entity, in the story.
pub(in crate::render) fn filed(summary: Summary) -> Filed {
    let ties = Ties {
        route: route::permalink(&config().permalink, &summary),
        topics: Vec::new(),
        about: vec![EntityIdx(0)],
        story: Some(StoryIdx(0)),
    };
    Filed { ties, summary, ..Filed::default() }
}

/// A newsroom without anything.
pub(in crate::render) fn empty() -> Newsroom {
    Sample::empty().newsroom()
}

/// The newsroom of [`Sample::full`].
pub(in crate::render) fn newsroom() -> Newsroom {
    Sample::full().newsroom()
}

/// Renders something at a desk for this newsroom.
pub(in crate::render) fn at_desk<T>(newsroom: &Newsroom, work: impl FnOnce(&Desk<'_>) -> T) -> T {
    let config = &newsroom.config;
    let ui = Ui::default();
    let locale =
        Locale::new(&config.language, config.numerals, config.months, config.second_calendar);
    let made = work(&Desk { newsroom, ui: &ui, locale: &locale });
    assert_eq!(newsroom.archive.fault(), None);
    made
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
