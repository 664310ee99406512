//! Graphs parsed back.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, EntityIdx, ListId, StoryIdx, TopicIdx},
        output::{ArticlePage, Group, ListPage, Period, Profile},
    },
    render::{
        feeds::sample::{BASE, Sample, assert_absolute, at_desk, empty, moment, newsroom},
        json_ld,
        view::HeadImage,
    },
};

/// The nodes of a graph by `@id`; every reference to a node of this page must land.
fn graph(json: &str) -> BTreeMap<String, Value> {
    assert!(!json.contains("</") && !json.contains(['\u{2028}', '\u{202E}']), "{json}");
    let document: Value = serde_json::from_str(json).unwrap();
    assert_eq!(document["@context"], "https://schema.org");
    let nodes = document["@graph"].as_array().unwrap();
    let by_id = |node: &Value| (node["@id"].as_str().unwrap().to_owned(), node.clone());
    let found: BTreeMap<String, Value> = nodes.iter().map(by_id).collect();
    assert_eq!(found.len(), nodes.len(), "an @id twice: {json}");
    for reference in references(&document) {
        assert!(found.contains_key(&reference), "{reference} leads nowhere in {json}");
    }
    found
}

/// `@id`s of objects that hold nothing else.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("@id") => {
            vec![map["@id"].as_str().unwrap().to_owned()]
        }
        Value::Object(map) => map.values().flat_map(references).collect(),
        Value::Array(list) => list.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn crumbs() -> Vec<(String, String)> {
    vec![("Home".to_owned(), BASE.to_owned()), ("Here".to_owned(), format!("{BASE}x/"))]
}

fn article_graph(newsroom: &Newsroom, idx: u32) -> String {
    let page = ArticlePage {
        article: ArticleId(idx),
        earlier: Vec::new(),
        story_previous: None,
        story_next: None,
    };
    let image = HeadImage {
        url: format!("{BASE}media/map.png"),
        alt: "Map".to_owned(),
        width: Some(1200),
        height: None,
    };
    at_desk(newsroom, |desk| json_ld::article(desk, &page, &crumbs(), &[image]))
}

#[test]
fn an_article_is_told_in_full() {
    let newsroom = newsroom();
    let json = article_graph(&newsroom, 1);
    let nodes = graph(&json);
    let url = at_desk(&newsroom, |desk| desk.absolute(&newsroom.article(ArticleId(1)).ties.route));
    let article = &nodes[&format!("{url}#article")];
    assert_eq!(article["@type"], serde_json::json!(["NewsArticle", "AnalysisNewsArticle"]));
    assert!(article["headline"].as_str().unwrap().starts_with("\u{200F}\u{2066}Apple"));
    assert_eq!(article["datePublished"], "2023-09-13T09:40:00+03:00");
    assert_eq!(article["dateModified"], "2023-09-15T08:00:00+03:00");
    assert_eq!(article["author"][0]["@type"], "Person");
    assert_eq!(article["author"][1]["@type"], "NewsMediaOrganization");
    assert_eq!(article["articleSection"][0], "Asia & all");
    assert_eq!(article["dateline"], "Cairo");
    assert_eq!(article["citation"][0]["url"], "https://agency.example/1");
    assert_eq!(article["citation"][1]["url"], Value::Null, "only web addresses");
    assert_eq!(article["correction"][0]["datePublished"], "2023-09-14");
    assert_eq!(article["translationOfWork"]["inLanguage"], "en");
    assert_eq!(article["translator"]["name"], "Sara");
    assert_eq!(article["isPartOf"]["@id"], format!("{BASE}stories/summit/#story"));
    assert_eq!(
        article["image"],
        serde_json::json!([{
            "@type": "ImageObject", "url": format!("{BASE}media/map.png"), "width": 1200,
            "caption": "Map",
        }])
    );
    assert_eq!(article["wordCount"], 120);
    assert_eq!(article["isAccessibleForFree"], true);
}

#[test]
fn about_is_rich_and_mentions_are_lean() {
    let newsroom = newsroom();
    let nodes = graph(&article_graph(&newsroom, 1));
    let article = nodes.values().find(|node| node["headline"].is_string()).unwrap();
    let about = &article["about"][0];
    assert_eq!(about["@id"], format!("{BASE}entities/e00/#entity"));
    assert_eq!(about["@type"], "Thing", "an entity without a kind");
    assert_eq!(about["alternateName"][0], "English name");
    assert_eq!(
        about["sameAs"],
        serde_json::json!(["http://www.wikidata.org/entity/Q42", "https://same.example/x"])
    );
    let mentions = article["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 20);
    assert_eq!(mentions[0]["@id"], format!("{BASE}entities/e01/#entity"));
    assert_eq!(mentions[0].as_object().unwrap().len(), 3, "@id, @type and name");
}

#[test]
fn a_plain_article_has_the_publisher_as_author_and_no_freshening() {
    let mut sample = Sample::full();
    sample.articles[0].summary.heading.updated = Some(moment("2020-01-01T00:00:00", true));
    let nodes = graph(&article_graph(&sample.newsroom(), 0));
    let article = nodes.values().find(|node| node["headline"].is_string()).unwrap();
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["author"][0]["name"], "Daily Press");
    assert_eq!(article["dateModified"], article["datePublished"]);
    assert_eq!(article["mentions"], Value::Null);
}

#[test]
fn every_graph_has_the_site_and_its_publisher() {
    let newsroom = newsroom();
    let json = at_desk(&newsroom, |desk| {
        json_ld::page(desk, "About", "https://news.example.org/about.html", &[])
    });
    let nodes = graph(&json);
    let publisher = &nodes[&format!("{BASE}#publisher")];
    assert_eq!(publisher["@type"], "NewsMediaOrganization");
    assert_eq!(publisher["name"], "Daily Press", "a policy cannot take the name's place");
    assert_eq!(publisher["correctionsPolicy"], format!("{BASE}policies/corrections.html"));
    assert_eq!(publisher["ethicsPolicy"], "https://other.example/ethics");
    assert_eq!(publisher["logo"]["url"], format!("{BASE}logo.png"));
    assert_eq!(nodes[&format!("{BASE}#website")]["@type"], "WebSite");
    assert_eq!(nodes[&format!("{BASE}about.html#page")]["breadcrumb"], Value::Null);
}

fn list_graph(list: ListId, period: Option<Period>) -> BTreeMap<String, Value> {
    let newsroom = newsroom();
    let articles = newsroom.newest(list).map(|item| item.id).collect();
    let groups = vec![Group { period: Period::Month(2023, 9), articles }];
    let page = ListPage {
        list,
        period,
        groups,
        parts: Vec::new(),
        previous: None,
        next: None,
        total: 1,
        profile: Profile::default(),
    };
    let url = at_desk(&newsroom, |desk| desk.absolute(&newsroom.list_route(list)));
    graph(&at_desk(&newsroom, |desk| json_ld::list(desk, &page, &url, &crumbs())))
}

#[test]
fn a_topic_is_a_list_of_its_articles() {
    let nodes = list_graph(ListId::Topic(TopicIdx(0)), None);
    let page = &nodes[&format!("{BASE}topics/asia/#page")];
    assert_eq!(page["@type"], "CollectionPage");
    assert_eq!(page["about"]["sameAs"][0], "http://cv.iptc.org/newscodes/mediatopic/11000000");
    let list = &nodes[page["mainEntity"]["@id"].as_str().unwrap()];
    assert_eq!(list["@type"], "ItemList");
    assert_eq!(list["itemListElement"][0]["position"], 1);
    assert_absolute(list["itemListElement"][0]["url"].as_str().unwrap());
}

#[test]
fn an_entity_is_told_on_its_own_page_and_named_elsewhere() {
    let id = format!("{BASE}entities/e01/#entity");
    let own = &list_graph(ListId::Entity(EntityIdx(1)), None)[&id];
    assert_eq!(own["@type"], "Person");
    assert_eq!(own["description"], "Some role");
    assert_eq!(own["alternateName"].as_array().unwrap().len(), 3);
    let calendar = &list_graph(ListId::Entity(EntityIdx(1)), Some(Period::Year(2023)))[&id];
    assert_eq!(calendar["description"], Value::Null);
}

#[test]
fn a_story_has_parts() {
    let nodes = list_graph(ListId::Story(StoryIdx(0)), None);
    let story = &nodes[&format!("{BASE}stories/summit/#story")];
    assert_eq!(story["@type"], "CreativeWorkSeries");
    assert_eq!(story["hasPart"].as_array().unwrap().len(), 3);
}

#[test]
fn a_collection_without_articles_has_no_list() {
    let newsroom = empty();
    let json = at_desk(&newsroom, |desk| json_ld::collection(desk, "Front", BASE, &[], &[]));
    let nodes = graph(&json);
    assert_eq!(nodes[&format!("{BASE}#page")]["mainEntity"], Value::Null);
}
