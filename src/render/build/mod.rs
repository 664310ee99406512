//! The newsroom's nouns → what templates see. In: a page of the plan. Out: its head and its view.
//!
//! Each file builds one kind of page, as methods of [`super::Renderer`]; the parts that several share are here.

mod article;
mod calendar;
mod front;
mod list;
mod simple;

use super::{
    desk::Desk,
    view::{
        AgendaView, Card, EntityChip, ImageView, Link, MilestoneView, SiteView, StoryCard, Text,
    },
};
use crate::{
    model::{
        article::{BodyLinkKind, Image},
        config::{NavItem, Numerals, is_rtl},
        edition::StaticPage,
        links::{Names, Resolved},
        newsroom::{ArticleId, EntityIdx, ListId, StoryIdx, Target, TopicIdx},
        output::{FeedFormat, IndexKind},
        registry::StoryStatus,
        route,
        tongue::Tongue,
    },
    render::Renderer,
    text::{
        bidi::{self, Manner},
        words,
    },
};

/// Topics of a header that is not set; more would not fit on one line.
const NAV_TOPICS: usize = 7;

/// What every page knows of the site.
pub(super) fn site_view(desk: &Desk<'_>) -> SiteView {
    let config = &desk.newsroom.config;
    let feed = |format, name: &str| Link {
        url: desk.url_at(route::site_feed(format)),
        name: Text::label(name),
    };
    let publisher = &config.publisher;
    SiteView {
        title: desk.plain(&config.title),
        name: desk.line(&config.title),
        description: desk.alone(&config.description),
        language: config.language.clone(),
        dir: dir(&config.language),
        numerals: match config.numerals {
            Numerals::Latn => None,
            Numerals::Arab => Some("arab"),
            Numerals::Arabext => Some("arabext"),
        },
        url: desk.url_at(route::front()),
        root: desk.url(&route::front()),
        stylesheet: desk
            .newsroom
            .statics
            .get("brief.css")
            .map_or_else(String::new, |it| desk.url(&it.route)),
        theme: desk.newsroom.statics.get("theme.css").map(|it| desk.url(&it.route)),
        nav: nav(desk),
        publisher: publisher.name.clone(),
        logo: publisher.logo.as_deref().map(|logo| desk.configured(logo)),
        policies: publisher
            .policies
            .iter()
            .map(|(key, url)| desk.labelled(page_in_tongue(desk, url), &format!("policy.{key}")))
            .collect(),
        pages: other_pages(desk),
        feeds: vec![
            feed(FeedFormat::Atom, "Atom"),
            feed(FeedFormat::Rss, "RSS"),
            feed(FeedFormat::Json, "JSON"),
        ],
        archive_url: desk.url_at(route::archive()),
        topics_url: desk.url_at(route::index(IndexKind::Topics)),
        entities_url: desk.url_at(route::index(IndexKind::Entities)),
        stories_url: desk.url_at(route::index(IndexKind::Stories)),
    }
}

/// The header's links: as set, else the broadest topics that have a file, in the order of the alphabet, and the archive.
/// Not the busiest ones: a header that changes with the news would rewrite every page.
fn nav(desk: &Desk<'_>) -> Vec<Link> {
    let config = &desk.newsroom.config;
    if !config.nav.is_empty() {
        let link =
            |item: &NavItem| Link { url: desk.configured(&item.url), name: desk.line(&item.name) };
        return config.nav.iter().map(link).collect();
    }
    if desk.newsroom.tongue != Tongue::OWN {
        // Pages that are there whatever has been translated.
        let index = |kind, key: &str| desk.labelled(desk.url_at(route::index(kind)), key);
        return vec![
            index(IndexKind::Topics, "nav.topics"),
            index(IndexKind::Entities, "nav.entities"),
            index(IndexKind::Stories, "nav.stories"),
            desk.labelled(desk.url_at(route::archive()), "nav.archive"),
        ];
    }
    let topics = desk.newsroom.registry.topics.iter();
    let broad = topics.filter(|(_, topic)| !topic.source.is_empty() && topic.parent.is_none());
    let mut links: Vec<Link> =
        broad.map(|(number, _)| desk.link(Target::Topic(TopicIdx(number)))).collect();
    links.sort_by(|a, b| {
        desk.locale.compare(a.name.plain(), b.name.plain()).then_with(|| a.url.cmp(&b.url))
    });
    links.truncate(NAV_TOPICS);
    links.push(desk.labelled(desk.url_at(route::archive()), "nav.archive"));
    links
}

/// Pages outside the news that are not already named as one of the publisher's policies.
fn other_pages(desk: &Desk<'_>) -> Vec<Link> {
    let policies = &desk.newsroom.config.publisher.policies;
    let is_policy = |path: &str| {
        let route = route::static_page(path);
        policies.iter().any(|(_, url)| url == route.as_str())
    };
    (0..)
        .zip(&desk.newsroom.registry.pages)
        .filter(|(_, page)| page.tongue == desk.newsroom.tongue && !is_policy(&page.path))
        .map(|(idx, _)| desk.link(Target::Page(idx)))
        .collect()
}

/// The URL of a page outside the news that the settings name, in this language if there is one.
fn page_in_tongue(desk: &Desk<'_>, url: &str) -> String {
    let newsroom = desk.newsroom;
    let is_it = |page: &StaticPage| {
        page.tongue == newsroom.tongue && route::static_page(&page.path).as_str() == url
    };
    let page = newsroom.registry.pages.iter().position(is_it).and_then(|at| at.try_into().ok());
    match page.filter(|_| newsroom.tongue != Tongue::OWN) {
        Some(idx) => desk.url(&newsroom.route(Target::Page(idx))),
        None => desk.configured(url),
    }
}

/// `rtl` or `ltr`.
pub(super) fn dir(language: &str) -> &'static str {
    if is_rtl(language) { "rtl" } else { "ltr" }
}

/// What lists show of an article.
pub(super) fn card(renderer: &Renderer<'_>, idx: ArticleId) -> Card {
    let desk = &renderer.desk;
    let face = desk.newsroom.face(idx);
    let (article, ties) = (&face.heading, &face.ties);
    let site = &desk.newsroom.config.language;
    let language = desk.newsroom.language_of(article);
    let lang = (language != site).then(|| language.to_owned());
    Card {
        url: desk.url(&ties.route),
        title: Text::line(article.short_title.as_ref().unwrap_or(&article.title), language, site),
        dir: lang.as_deref().map(dir),
        lang,
        kind: article.kind.key(),
        kind_label: desk.ui.text(&format!("kind.{}", article.kind.key())).to_owned(),
        topic: ties.topics.first().map(|&topic| renderer.topic_link(topic)),
        summary: Text::within(&article.standfirst, language, site),
        time: desk.time(&article.date),
        hour: desk.hour(&article.date),
        image: article
            .image
            .as_ref()
            .and_then(|image| self::image(desk, &article.source, image, language)),
        points: article.points.iter().map(|it| Text::within(it, language, site)).collect(),
    }
}

/// An image with its address and size, its texts in `language`; `None` if its file is not there.
pub(super) fn image(
    desk: &Desk<'_>,
    source: &str,
    image: &Image,
    language: &str,
) -> Option<ImageView> {
    let (src, size) = match desk.newsroom.resolve(source, &image.src.text, BodyLinkKind::Image) {
        Resolved::File(path) => {
            let media = desk.newsroom.media(&path)?;
            (desk.url(&media.route), media.size)
        }
        Resolved::AsWritten => {
            (desk.configured(&image.src.text), desk.static_size(&image.src.text))
        }
        _ => return None,
    };
    let site = desk.newsroom.config.language.as_str();
    Some(ImageView {
        src,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        alt: bidi::plain(&image.alt, Manner::of(language)).into_owned(),
        caption: image.caption.as_deref().map(|it| Text::line(it, language, site)),
        credit: image.credit.as_deref().map(|it| Text::line(it, language, site)),
    })
}

/// An entity as a chip; the count is in words or absent.
pub(super) fn chip(desk: &Desk<'_>, idx: EntityIdx, count: Option<String>) -> EntityChip {
    let entity = desk.newsroom.entity(idx);
    let kind = entity.kind.map(|kind| kind.key());
    EntityChip {
        url: desk.url(&desk.newsroom.list_route(ListId::Entity(idx))),
        name: desk.list_name(ListId::Entity(idx), &entity.name),
        kind,
        kind_label: kind.map(|key| desk.ui.text(&format!("entity_kind.{key}")).to_owned()),
        role: entity.role.as_deref().map(|role| desk.line(role)),
        count,
    }
}

/// The first paragraph of a Markdown text as a line without its marks, good enough for a description.
pub(super) fn opening(markdown: &str) -> String {
    let paragraph = markdown.trim().split("\n\n").next().unwrap_or_default();
    let mut parts = paragraph.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    // Of a link stays what readers see.
    text.extend(parts.map(|part| part.split_once(')').map_or(part, |(_, rest)| rest)));
    text.retain(|c| !"*_`#>[]".contains(c));
    words::fold_space(&text)
}

/// What is expected, from an edition.
pub(super) fn agenda(
    desk: &Desk<'_>,
    items: &[crate::model::edition::AgendaItem],
) -> Vec<AgendaView> {
    let view = |item: &crate::model::edition::AgendaItem| AgendaView {
        time: item.date.map(|date| desk.day(date)),
        text: desk.line(&item.text),
    };
    items.iter().map(view).collect()
}

/// The milestones of a story, newest first.
pub(super) fn milestones(desk: &Desk<'_>, idx: StoryIdx) -> Vec<MilestoneView> {
    let mut milestones: Vec<_> = desk.newsroom.story(idx).milestones.iter().collect();
    milestones.sort_by_key(|milestone| std::cmp::Reverse(milestone.date));
    let view = |milestone: &crate::model::registry::Milestone| {
        let article = milestone.article.as_ref();
        let article = article.and_then(|it| desk.newsroom.named_article(&it.text));
        let url = article.map(|idx| desk.link(Target::Article(idx)).url);
        MilestoneView { time: desk.day(milestone.date), text: desk.line(&milestone.text), url }
    };
    milestones.into_iter().map(view).collect()
}

/// `ongoing` or `ended`, and the same in words.
pub(super) fn status(desk: &Desk<'_>, status: StoryStatus) -> (&'static str, String) {
    let key = match status {
        StoryStatus::Ongoing => "ongoing",
        StoryStatus::Ended => "ended",
    };
    (key, desk.ui.text(&format!("story_status.{key}")).to_owned())
}

impl Renderer<'_> {
    /// A story with its newest milestones and article.
    pub(super) fn story_card(&self, idx: StoryIdx, count: String) -> StoryCard {
        const MILESTONES: usize = 3;
        let desk = &self.desk;
        let story = desk.newsroom.story(idx);
        let latest = desk.newsroom.newest(ListId::Story(idx)).next().map(|item| item.id);
        let mut milestones = milestones(desk, idx);
        milestones.truncate(MILESTONES);
        let (status, status_label) = status(desk, story.status);
        StoryCard {
            url: desk.url(&desk.newsroom.list_route(ListId::Story(idx))),
            name: desk.list_name(ListId::Story(idx), &story.name),
            status,
            status_label,
            updated: latest.map(|article| desk.time(&desk.newsroom.face(article).heading.date)),
            milestones,
            count,
            latest: latest.map(|article| self.card(article)),
        }
    }

    /// The front page, to begin a breadcrumb with.
    pub(super) fn home(&self) -> Link {
        self.desk.labelled(self.desk.url_at(route::front()), "nav.home")
    }
}
