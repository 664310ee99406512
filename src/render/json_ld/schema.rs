//! The schema.org types that brief publishes, as structs whose fields stand in the order of the output.
//!
//! In: values. Out: what serde writes. No logic but constructors.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::text;
use crate::render::feeds::plain;

/// The whole document.
#[derive(Serialize)]
pub(super) struct Graph<'a> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) graph: Vec<Node<'a>>,
}

/// One thing of the graph.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Node<'a> {
    Website(Website<'a>),
    Publisher(Box<Publisher<'a>>),
    Page(Box<WebPage<'a>>),
    Breadcrumb(ItemList<'a>),
    Article(Box<NewsArticle<'a>>),
    List(ItemList<'a>),
    Thing(Box<Thing<'a>>),
}

/// `{"@id": …}`
#[derive(Serialize, Clone)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

impl Reference {
    /// The thing that `role` is of the page at `url`.
    pub(super) fn to(url: &str, role: &str) -> Self {
        Self { id: format!("{url}#{role}") }
    }
}

/// `WebSite`
#[derive(Serialize)]
#[serde(tag = "@type", rename = "WebSite", rename_all = "camelCase")]
pub(super) struct Website<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: Cow<'a, str>,
    pub(super) in_language: &'a str,
    pub(super) publisher: Reference,
}

/// `NewsMediaOrganization`
#[derive(Serialize)]
#[serde(tag = "@type", rename = "NewsMediaOrganization", rename_all = "camelCase")]
pub(super) struct Publisher<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: Cow<'a, str>,
    pub(super) url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) logo: Option<ImageObject<'a>>,
    #[serde(flatten)]
    pub(super) policies: Policies,
}

/// Policies by property name, in the order of the settings.
pub(super) struct Policies(pub(super) Vec<(&'static str, String)>);

impl Serialize for Policies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (property, url) in &self.0 {
            map.serialize_entry(property, url)?;
        }
        map.end()
    }
}

/// `WebPage` or `CollectionPage`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: Cow<'a, str>,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) breadcrumb: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity: Option<Reference>,
}

impl<'a> WebPage<'a> {
    /// A page at an absolute URL, as yet about nothing.
    pub(super) fn new(kind: &'static str, url: &str, name: &'a str, language: &'a str) -> Self {
        Self {
            kind,
            id: format!("{url}#page"),
            url: url.to_owned(),
            name: plain::title(name, language),
            in_language: language,
            is_part_of: None,
            breadcrumb: None,
            about: None,
            main_entity: None,
        }
    }
}

/// `ItemList` or `BreadcrumbList`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemList<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) item_list_element: Vec<ListItem<'a>>,
}

/// `ListItem`: of a breadcrumb with `item`, of a list of pages with `url`, as Google reads them.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct ListItem<'a> {
    /// From 1.
    pub(super) position: usize,
    pub(super) name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
}

/// Any other thing: a person, a place, a topic, a work; only what is known of it is written.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Thing<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) alternate_name: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) same_as: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) has_part: Vec<Self>,
}

impl<'a> Thing<'a> {
    /// A thing of which the name is known.
    pub(super) fn named(kind: &'static str, name: &'a str) -> Self {
        Self { kind, name: text(name), ..Self::default() }
    }
}

/// `ImageObject`
#[derive(Serialize, Default)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject<'a> {
    /// Absolute URL of the image itself.
    pub(super) url: String,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) width: Option<u32>,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) caption: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) credit_text: Option<Cow<'a, str>>,
}

/// `CorrectionComment`
#[derive(Serialize)]
#[serde(tag = "@type", rename = "CorrectionComment", rename_all = "camelCase")]
pub(super) struct Correction<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) date_published: String,
}

/// `NewsArticle`, and a finer type beside it where schema.org has one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewsArticle<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: Types,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) headline: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: Cow<'a, str>,
    pub(super) url: &'a str,
    pub(super) main_entity_of_page: Reference,
    pub(super) in_language: &'a str,
    pub(super) date_published: String,
    pub(super) date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<ImageObject<'a>>,
    pub(super) author: Vec<Thing<'a>>,
    pub(super) publisher: Reference,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) article_section: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dateline: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location_created: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) citation: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<Correction<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) translation_of_work: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) translator: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) digital_source_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) word_count: Option<u32>,
    pub(super) is_accessible_for_free: bool,
}

/// One type or two.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Types {
    One(&'static str),
    Two([&'static str; 2]),
}
