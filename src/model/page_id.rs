//! The names of outputs. In: what stands on an output, wherever that is published. Out: [`PageId`]: its stage, its
//! template, its number.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Digest,
    day::Month,
    hash::Hash,
    newsroom::{ArticleId, ListId},
    output::{FeedFormat, IndexKind, Period, Stage},
    tongue::Tongue,
};

/// The name of an output: what stands on it, wherever that is published. In the order of publishing, so that a build that
/// stops half-way leaves no link to nowhere: assets, articles, lists, front, feeds, sitemaps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageId {
    /// A file of `static/`, by its path there.
    StaticFile(Arc<str>),
    /// A file beside content, by its source path.
    Media(Arc<str>),
    /// An article.
    Article(ArticleId),
    /// A page outside the news, by its position in the registry.
    Static(u32),
    /// A topic's, entity's or story's page, or one of its calendar pages.
    List(Option<Period>, ListId),
    /// `/topics/`, `/entities/`, `/stories/`
    Index(IndexKind),
    /// A day's edition.
    Day(Date),
    /// A month, a year, the archive (`None`).
    Overview(Option<Period>),
    /// `/404.html`
    NotFound,
    /// `/`
    Front,
    /// An old address that leads on.
    Redirect(Arc<str>),
    /// `/_redirects`
    Redirects,
    /// `/_headers`
    Headers,
    /// A feed of the site, or of a list.
    Feed(FeedFormat, Option<ListId>),
    /// `/feeds.opml`
    Opml,
    /// The articles of a month, in parts from 0.
    SitemapMonth(Month, u32),
    /// What else search engines should know, in parts from 0.
    SitemapPages(u32),
    /// `/news-sitemap.xml`
    NewsSitemap,
    /// `/sitemap.xml`
    SitemapIndex,
    /// `/robots.txt`
    Robots,
    /// One of these in a language that is not the site's own.
    In(Tongue, Arc<PageId>),
}

impl PageId {
    /// The same in a language of the site.
    #[must_use]
    pub fn in_tongue(self, tongue: Tongue) -> Self {
        if tongue == Tongue::OWN { self } else { Self::In(tongue, Arc::new(self)) }
    }

    /// Its place in publishing order: what links to a page is published after it.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::StaticFile(_) | Self::Media(_) => Stage::Assets,
            Self::Article(_) | Self::Static(_) => Stage::Articles,
            Self::List(..) | Self::Index(_) | Self::Day(_) | Self::Overview(_) => Stage::Lists,
            Self::NotFound | Self::Front => Stage::Front,
            Self::Redirect(_) | Self::Redirects | Self::Headers => Stage::Host,
            Self::Feed(..) | Self::Opml => Stage::Feeds,
            Self::In(_, id) => id.stage(),
            _ => Stage::Sitemaps,
        }
    }

    /// The template that shows it; `None` for what no template makes.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        Some(match self {
            Self::Front => "front.html",
            Self::Article(_) => "article.html",
            Self::Day(_) => "day.html",
            Self::Overview(_) => "overview.html",
            Self::List(Some(_), _) => "period.html",
            Self::List(None, ListId::Topic(_)) => "topic.html",
            Self::List(None, ListId::Entity(_)) => "entity.html",
            Self::List(None, ListId::Story(_)) => "story.html",
            Self::Index(_) => "index.html",
            Self::Static(_) => "page.html",
            Self::NotFound => "404.html",
            Self::Redirect(_) => "redirect.html",
            Self::In(_, id) => return id.template(),
            _ => return None,
        })
    }

    /// Whether it is the news sitemap of a language.
    #[must_use]
    pub fn is_news_sitemap(&self) -> bool {
        match self {
            Self::In(_, id) => id.is_news_sitemap(),
            id => *id == Self::NewsSitemap,
        }
    }

    /// A number for it, by which the archive tells whose a published file is.
    #[must_use]
    pub fn number(&self) -> u64 {
        let mut hash = Hash::default();
        hash.debug(self);
        let Digest([a, b, c, d, e, f, g, h, ..]) = hash.finish();
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}
