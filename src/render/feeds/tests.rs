//! Feeds parsed back.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use super::{
    LastEntries, entry, feed as write_feed, of_entries, opml,
    sample::{
        BASE, Sample, article, assert_absolute, attributes, elements, empty, newsroom, texts,
        written_by,
    },
};
use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, ListId, Shelf, TopicIdx},
        output::{FeedFormat, FeedPage},
        route::Route,
    },
};

fn feed(newsroom: &Newsroom, format: FeedFormat, list: Option<ListId>) -> String {
    let newest = newsroom.newest(Shelf::All);
    let page = FeedPage { format, list, items: newest.map(|item| item.id).collect() };
    let body = |idx: ArticleId| format!("<p>Body {} ]]> \u{1}&amp;</p>", idx.0);
    written_by(newsroom, |desk, out| write_feed(desk, &page, &body, out))
}

#[test]
fn atom_has_what_rfc_4287_asks() {
    let feed = elements(&feed(&newsroom(), FeedFormat::Atom, None));
    assert_eq!(texts(&feed, "feed/id"), ["https://news.example.org/feed.xml"]);
    assert_eq!(texts(&feed, "feed/title"), ["\u{200F}Daily & Sons (beta)"]);
    assert_eq!(texts(&feed, "feed/updated"), ["2023-10-01T00:00:00+03:00"]);
    assert_eq!(texts(&feed, "feed/author/name"), ["Daily Press"]);
    assert_eq!(attributes(&feed, "feed", "xml:lang"), ["ar"]);
    assert_eq!(attributes(&feed, "feed/link", "rel"), ["self", "alternate"]);
    assert_eq!(
        texts(&feed, "feed/entry/id"),
        [
            "tag:news.example.org,2023-10-01:later",
            "tag:news.example.org,2023-09-13:rich",
            "tag:news.example.org,2023-09-12:older"
        ]
    );
    assert_eq!(texts(&feed, "feed/entry/updated")[1], "2023-09-15T08:00:00+03:00");
    assert_eq!(texts(&feed, "feed/entry/published")[1], "2023-09-13T09:40:00+03:00");
    assert_eq!(texts(&feed, "feed/entry/author/name"), ["Mona Ali", "Daily Press desk"]);
    assert_eq!(attributes(&feed, "feed/entry/category", "label"), ["Asia & all"]);
    attributes(&feed, "feed/entry/link", "href").into_iter().for_each(assert_absolute);
}

#[test]
fn a_feed_of_kept_entries_is_what_it_would_be_without() {
    for newsroom in [newsroom(), empty()] {
        let newest = newsroom.newest(Shelf::All).map(|item| item.id);
        let page = FeedPage { format: FeedFormat::Atom, list: None, items: newest.collect() };
        let made = written_by(&newsroom, |desk, out| {
            write_feed(desk, &page, &|_| String::new(), out);
        });
        let kept = written_by(&newsroom, |desk, out| {
            of_entries(desk, &page, &|idx| Arc::new(entry(desk, idx, &|_| String::new())), out);
        });
        assert_eq!(kept, made);
    }
}

#[test]
fn entries_of_a_feed_that_was_published_are_those_that_would_be_made() {
    let newsroom = newsroom();
    let newest = newsroom.newest(Shelf::All).map(|item| item.id);
    let page = FeedPage { format: FeedFormat::Atom, list: None, items: newest.collect() };
    let body = |_| "<p>One</p>\n<entry>\n<id>x</id>\n</entry>\n".to_owned();
    let made = written_by(&newsroom, |desk, out| write_feed(desk, &page, &body, out));
    let last = LastEntries::of(made.as_ref());
    let again = written_by(&newsroom, |desk, out| {
        of_entries(desk, &page, &|idx| Arc::new(last.entry(desk, idx).unwrap()), out);
    });
    assert_eq!(again, made);
    let nothing = LastEntries::of(b"");
    written_by(&newsroom, |desk, _| assert!(nothing.entry(desk, page.items[0]).is_none()));
}

#[test]
fn atom_content_carries_its_own_direction() {
    let feed = elements(&feed(&newsroom(), FeedFormat::Atom, None));
    let contents = texts(&feed, "feed/entry/content");
    assert_eq!(contents[0], r#"<div lang="ar" dir="rtl"><p>Body 0 ]]> &amp;</p></div>"#);
    assert_eq!(contents[2], r#"<div lang="en" dir="ltr"><p>Body 2 ]]> &amp;</p></div>"#);
    let titles = texts(&feed, "feed/entry/title");
    assert!(titles[1].starts_with("\u{200F}\u{2066}Apple"), "{}", titles[1]);
    assert!(titles[2].starts_with("Title"), "an English headline needs no mark");
}

#[test]
fn a_summary_feed_has_points_and_no_content() {
    let mut newsroom = newsroom();
    newsroom.config.feeds.full = false;
    let feed = elements(&feed(&newsroom, FeedFormat::Atom, None));
    assert!(texts(&feed, "feed/entry/content").is_empty());
    let summary = texts(&feed, "feed/entry/summary")[1];
    assert!(summary.starts_with(r#"<div lang="ar" dir="rtl"><p>1 &lt; 2 "#), "{summary}");
    assert!(summary.contains("<ul><li>First &amp; last</li>"), "{summary}");
    assert!(!summary.contains("</script>"), "{summary}");
}

#[test]
fn rss_has_english_dates_and_lasting_guids() {
    let feed = elements(&feed(&newsroom(), FeedFormat::Rss, None));
    let item = "rss/channel/item";
    assert_eq!(texts(&feed, "rss/channel/link"), [BASE]);
    assert_eq!(texts(&feed, "rss/channel/language"), ["ar"]);
    assert_eq!(texts(&feed, "rss/channel/lastBuildDate"), ["Sun, 01 Oct 2023 00:00:00 +0300"]);
    assert_eq!(attributes(&feed, "rss/channel/atom:link", "href"), [format!("{BASE}rss.xml")]);
    assert_eq!(texts(&feed, &format!("{item}/pubDate"))[1], "Wed, 13 Sep 2023 09:40:00 +0300");
    assert_eq!(texts(&feed, &format!("{item}/guid"))[1], "tag:news.example.org,2023-09-13:rich");
    assert_eq!(attributes(&feed, &format!("{item}/guid"), "isPermaLink"), ["false"; 3]);
    assert_eq!(texts(&feed, &format!("{item}/dc:creator"))[0], "Mona Ali");
    assert!(texts(&feed, &format!("{item}/content:encoded"))[0].contains("<p>Body 0"));
    texts(&feed, &format!("{item}/link")).into_iter().for_each(assert_absolute);
}

#[test]
fn json_feed_has_what_its_version_1_1_asks() {
    let feed = feed(&newsroom(), FeedFormat::Json, None);
    let feed: Value = serde_json::from_str(&feed).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://news.example.org/feed.json");
    assert_eq!(feed["authors"][0]["name"], "Daily Press");
    let item = &feed["items"][1];
    assert_eq!(item["id"], "tag:news.example.org,2023-09-13:rich");
    assert_eq!(item["url"], "https://news.example.org/2023/09/13/%D9%82%D9%85%D8%A9%20a*b.html");
    assert_eq!(item["image"], "https://news.example.org/media/articles/a/map.png");
    assert_eq!(item["date_modified"], "2023-09-15T08:00:00+03:00");
    assert_eq!(item["tags"][0], "Asia & all");
    assert_eq!(feed["items"][0]["date_modified"], Value::Null);
    assert_eq!(feed["items"][2]["language"], "en");
}

#[test]
fn an_empty_site_has_valid_feeds() {
    let newsroom = empty();
    let atom = elements(&feed(&newsroom, FeedFormat::Atom, None));
    assert_eq!(texts(&atom, "feed/updated"), ["1970-01-01T00:00:00Z"]);
    let rss = elements(&feed(&newsroom, FeedFormat::Rss, None));
    assert_eq!(texts(&rss, "rss/channel/description"), ["News <in> brief"]);
    let json: Value = serde_json::from_str(&feed(&newsroom, FeedFormat::Json, None)).unwrap();
    assert_eq!(json["items"], Value::Array(Vec::new()));
}

#[test]
fn ids_outlive_titles_and_slugs() {
    let before = newsroom();
    let mut after = Sample::full();
    after.articles[1].summary.heading.title = "Another".to_owned();
    after.articles[1].summary.slug = "another".to_owned();
    after.articles[1].ties.route = Route::new("/elsewhere/");
    let after = after.newsroom();
    let ids = |newsroom: &Newsroom| -> Vec<String> {
        let feed = elements(&feed(newsroom, FeedFormat::Atom, None));
        texts(&feed, "feed/entry/id").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(ids(&before), ids(&after));
}

#[test]
fn two_articles_of_one_stem_and_day_have_two_ids() {
    let mut sample = Sample::full();
    let mut namesake = article("rich", "2023-09-13T07:00:00");
    namesake.heading.source = "content/articles/b/rich.md".to_owned();
    sample.articles[2].summary = namesake;
    let feed = elements(&feed(&sample.newsroom(), FeedFormat::Atom, None));
    let ids: BTreeSet<&str> = texts(&feed, "feed/entry/id").into_iter().collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids.contains("tag:news.example.org,2023-09-13:b/rich"), "{ids:?}");
}

#[test]
fn a_list_has_a_feed_of_its_own_name() {
    let list = ListId::Topic(TopicIdx(0));
    let feed = elements(&feed(&newsroom(), FeedFormat::Atom, Some(list)));
    assert_eq!(texts(&feed, "feed/id"), ["https://news.example.org/topics/asia/feed.xml"]);
    assert_eq!(texts(&feed, "feed/title"), ["\u{200F}Asia & all \u{2013} Daily & Sons (beta)"]);
    assert_eq!(attributes(&feed, "feed/link", "href")[1], "https://news.example.org/topics/asia/");
}

#[test]
fn opml_lists_every_feed_that_is_worth_following() {
    let opml = elements(&written_by(&newsroom(), opml));
    let urls = attributes(&opml, "opml/body/outline", "xmlUrl");
    let expected = [
        "feed.xml",
        "rss.xml",
        "feed.json",
        "topics/asia/feed.xml",
        "entities/e00/feed.xml",
        "stories/summit/feed.xml",
    ];
    assert_eq!(urls, expected.map(|path| format!("{BASE}{path}")));
}
