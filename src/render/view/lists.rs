//! `topic.html`, `entity.html`, `story.html` and `period.html`: what stands on lists and their calendar pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    EntityChip, GroupView, ImageView, Link, Markup, MilestoneView, PeriodLink, StoryCard, Text,
    Time,
};

/// `topic.html`, `entity.html`, `story.html`: a list's own page. Calendar pages of the three: `period.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// `topic`, `entity` or `story`
    pub list: &'static str,
    /// Name of the topic, entity or story.
    pub name: Text,
    /// URL of the list's own page.
    pub url: String,
    /// On a calendar page: `سبتمبر 2023`.
    pub period: Option<String>,
    /// From the front page down.
    pub breadcrumb: Vec<Link>,
    /// How many articles, in words.
    pub count: String,
    /// URL of the feed.
    pub feed_url: String,
    /// What its link says.
    pub feed_label: Text,
    /// Articles by day or month, newest first.
    pub groups: Vec<GroupView>,
    /// The periods it is divided into, newest first.
    pub parts: Vec<PeriodLink>,
    /// The calendar page of the period before.
    pub previous: Option<Link>,
    /// The calendar page of the period after.
    pub next: Option<Link>,
    /// Definition or profile.
    pub body: Option<Markup>,
    /// Picture.
    pub image: Option<ImageView>,
    /// Entities that share the most articles.
    pub appears_with: Vec<EntityChip>,
    /// Running stories among its articles.
    pub stories: Vec<StoryCard>,
    /// Mentions in each month; absent where there is too little to draw.
    pub chart: Option<Chart>,
    /// What only a topic has.
    pub topic: Option<TopicProfile>,
    /// What only an entity has.
    pub entity: Option<EntityProfile>,
    /// What only a story has.
    pub story: Option<StoryProfile>,
    /// Keys that brief does not know.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// What only a topic has.
#[derive(Debug, Clone, Serialize)]
pub struct TopicProfile {
    /// The broader topic.
    pub parent: Option<Link>,
    /// Narrower topics.
    pub narrower: Vec<Link>,
}

/// What only an entity has.
#[derive(Debug, Clone, Serialize)]
pub struct EntityProfile {
    /// Key of the kind.
    pub kind: Option<&'static str>,
    /// The kind in words.
    pub kind_label: Option<String>,
    /// What it is, in one line.
    pub role: Option<Text>,
    /// Other spellings in the site's language.
    pub spellings: Vec<Text>,
    /// The name in other languages.
    pub names: Vec<ForeignName>,
    /// Ordered facts.
    pub facts: Vec<FactView>,
    /// Pages elsewhere, Wikidata among them.
    pub same_as: Vec<Link>,
    /// When it was first mentioned, with the article's URL.
    pub first: Option<MentionTime>,
    /// When it was last mentioned, with the article's URL.
    pub latest: Option<MentionTime>,
    /// Whether search engines should leave the page out.
    pub thin: bool,
}

/// A mention's time and article.
#[derive(Debug, Clone, Serialize)]
pub struct MentionTime {
    /// When.
    pub time: Time,
    /// URL of the article.
    pub url: String,
}

/// A name in another language.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignName {
    /// BCP 47
    pub lang: String,
    /// `rtl` or `ltr`
    pub dir: &'static str,
    /// The name.
    pub name: Text,
}

/// A line of the fact box.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// What.
    pub label: Text,
    /// Its value.
    pub value: Text,
    /// URL of the entity that the value is.
    pub url: Option<String>,
}

/// What only a story has.
#[derive(Debug, Clone, Serialize)]
pub struct StoryProfile {
    /// `ongoing` or `ended`
    pub status: &'static str,
    /// The status in words.
    pub status_label: String,
    /// Newest first.
    pub milestones: Vec<MilestoneView>,
}

/// A small chart of counts over months, drawn as inline SVG.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// The whole `<svg>` with its text alternative.
    pub svg: Markup,
    /// The first month.
    pub from: String,
    /// The last month.
    pub to: String,
    /// The text alternative, also shown to who asks for it.
    pub text: String,
}
