//! One struct for each kind of page. The template's name stands with each.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::{EntityChip, ImageView, Link, Markup, PeriodLink, Text, Time};

/// `front.html`: the front page. Every `Value` here is a [`super::Card`].
#[derive(Debug, Clone, Serialize)]
pub struct FrontView {
    /// The day of the latest edition.
    pub date: Option<Time>,
    /// The same day in the second calendar.
    pub second_date: Option<String>,
    /// URL of that day's edition.
    pub edition_url: Option<String>,
    /// The edition's own title.
    pub edition_title: Option<Text>,
    /// The edition's intro.
    pub intro: Option<Text>,
    /// The numbered briefing, each one sentence with its article's URL.
    pub briefing: Vec<BriefingItem>,
    /// `قراءة 3 دقائق`
    pub briefing_reading: String,
    /// The first story.
    pub lead: Option<Value>,
    /// Further articles of the lead's story.
    pub follow_ups: Vec<Value>,
    /// The next stories.
    pub secondary: Vec<Value>,
    /// Running stories.
    pub stories: Vec<StoryCard>,
    /// Topic bands.
    pub bands: Vec<Band>,
    /// Entities in the news.
    pub in_the_news: Vec<EntityChip>,
    /// Explainers, analysis, opinion.
    pub background: Vec<Value>,
    /// What is coming, from the edition.
    pub agenda: Vec<AgendaView>,
    /// The last editions.
    pub editions: Vec<PeriodLink>,
}

/// One sentence of the numbered briefing.
#[derive(Debug, Clone, Serialize)]
pub struct BriefingItem {
    /// The sentence.
    pub text: Text,
    /// URL of its article.
    pub url: String,
    /// What kind of work the article is, in words.
    pub kind_label: String,
}

/// A running story on the front page or in the index.
#[derive(Debug, Clone, Serialize)]
pub struct StoryCard {
    /// Ready for `href`.
    pub url: String,
    /// Its name.
    pub name: Text,
    /// `ongoing` or `ended`.
    pub status: &'static str,
    /// The status in words.
    pub status_label: String,
    /// When its newest article was published.
    pub updated: Option<Time>,
    /// Newest milestones, newest first, at most three.
    pub milestones: Vec<MilestoneView>,
    /// `4 أخبار هذا الأسبوع`
    pub count: String,
    /// The newest article.
    pub latest: Option<Value>,
}

/// A dated step of a story.
#[derive(Debug, Clone, Serialize)]
pub struct MilestoneView {
    /// The day.
    pub time: Time,
    /// What happened.
    pub text: Text,
    /// URL of the article that tells it.
    pub url: Option<String>,
}

/// A topic with its newest articles.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    /// The topic.
    pub topic: Link,
    /// The first is shown with its summary.
    pub items: Vec<Value>,
}

/// Something expected.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaView {
    /// The day.
    pub time: Option<Time>,
    /// What is expected.
    pub text: Text,
}

/// `article.html`
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    /// The page's own URL.
    pub url: String,
    /// The headline.
    pub title: Text,
    /// BCP 47 of the article.
    pub lang: String,
    /// `rtl` or `ltr`
    pub dir: &'static str,
    /// Key of the kind of work.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_label: String,
    /// From the front page down, without the article itself.
    pub breadcrumb: Vec<Link>,
    /// All topics, each a [`Link`]; the first is the kicker's.
    pub topics: Vec<tera::Value>,
    /// Standfirst, if the editor wrote one.
    pub standfirst: Option<Text>,
    /// `أحمد ومنى`
    pub byline: Option<Text>,
    /// The place it was filed from.
    pub dateline: Option<Text>,
    /// When it was published.
    pub published: Time,
    /// The day in the second calendar.
    pub second_date: Option<String>,
    /// The declared update.
    pub updated: Option<Time>,
    /// `قراءة 3 دقائق`
    pub reading: String,
    /// Disclosure of a translation, in words.
    pub translation: Option<Text>,
    /// The lead image.
    pub image: Option<ImageView>,
    /// The things to know.
    pub points: Vec<Text>,
    /// The body.
    pub body: Markup,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// What was corrected, newest first.
    pub corrections: Vec<CorrectionView>,
    /// What the article is about and mentions, each an [`EntityChip`].
    pub entities: Vec<tera::Value>,
    /// The running story.
    pub story: Option<StoryBox>,
    /// Earlier coverage.
    pub earlier: Vec<EarlierView>,
    /// The edition of its day.
    pub edition: Link,
    /// Plain links: WhatsApp, Telegram, X, e-mail.
    pub share: Vec<Link>,
    /// Keys that brief does not know.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A source of an article's facts.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Agency, outlet or document.
    pub name: Text,
    /// Where it can be read.
    pub url: Option<String>,
    /// What was taken from it.
    pub note: Option<Text>,
}

/// A correction.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub time: Time,
    /// What was wrong and what is right.
    pub text: Text,
}

/// The running story beside an article.
#[derive(Debug, Clone, Serialize)]
pub struct StoryBox {
    /// The story.
    pub story: Link,
    /// The article before it in the story.
    pub previous: Option<Value>,
    /// The article after it in the story.
    pub next: Option<Value>,
}

/// Earlier coverage, with the reason.
#[derive(Debug, Clone, Serialize)]
pub struct EarlierView {
    /// The earlier article.
    pub card: Value,
    /// The entity or topic that both share.
    pub shares: Link,
}

/// `day.html`: a day's edition.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// `الأربعاء 13 سبتمبر 2023`
    pub date: Time,
    /// The same day in the second calendar.
    pub second_date: Option<String>,
    /// The edition's own title.
    pub title: Option<Text>,
    /// The edition's intro.
    pub intro: Option<Text>,
    /// More from the editor.
    pub body: Option<Markup>,
    /// How many articles, in words.
    pub count: String,
    /// From the front page down: archive, year, month.
    pub breadcrumb: Vec<Link>,
    /// Told at length.
    pub main: Vec<Value>,
    /// In short.
    pub brief: Vec<Value>,
    /// What is coming.
    pub agenda: Vec<AgendaView>,
    /// The edition before.
    pub previous: Option<Link>,
    /// The edition after.
    pub next: Option<Link>,
}

/// `overview.html`: a month, a year, the archive.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewView {
    /// `month`, `year` or `archive`
    pub scope: &'static str,
    /// `سبتمبر 2023`
    pub title: String,
    /// From the front page down.
    pub breadcrumb: Vec<Link>,
    /// How many articles, in words.
    pub count: String,
    /// What it is divided into, newest first.
    pub parts: Vec<PeriodLink>,
    /// For a month: its days with the articles that lead them.
    pub days: Vec<DayHighlights>,
    /// The period before.
    pub previous: Option<Link>,
    /// The period after.
    pub next: Option<Link>,
}

/// A day of a month with the articles that lead it.
#[derive(Debug, Clone, Serialize)]
pub struct DayHighlights {
    /// The day.
    pub day: PeriodLink,
    /// Its first articles.
    pub items: Vec<Value>,
}

/// `index.html`: all topics, entities or stories.
#[derive(Debug, Clone, Serialize)]
pub struct IndexView {
    /// `topics`, `entities` or `stories`
    pub kind: &'static str,
    /// Heading.
    pub title: String,
    /// How many, in words.
    pub count: String,
    /// Sections: kinds of entity, letters of the alphabet, or one without a name.
    pub sections: Vec<IndexSection>,
    /// For stories.
    pub stories: Vec<StoryCard>,
}

/// A section of an index.
#[derive(Debug, Clone, Serialize)]
pub struct IndexSection {
    /// Heading; absent for the only section.
    pub name: Option<String>,
    /// Anchor.
    pub id: Option<String>,
    /// Entries in order.
    pub items: Vec<EntityChip>,
}

/// `page.html`: a page outside the news.
#[derive(Debug, Clone, Serialize)]
pub struct StaticView {
    /// Heading.
    pub title: Text,
    /// Standfirst.
    pub summary: Option<Text>,
    /// BCP 47
    pub lang: String,
    /// `rtl` or `ltr`
    pub dir: &'static str,
    /// The text.
    pub body: Markup,
    /// Keys that brief does not know.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// `404.html`; it links to pages that are always there.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// Topics of the header, again.
    pub links: Vec<Link>,
}

/// `redirect.html`: leads on to where a page has moved.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// Absolute URL of the new page.
    pub target: String,
    /// The same for `href`.
    pub url: String,
}
