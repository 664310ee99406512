//! What a build is to publish: each output with its route, what stands on it, and a fingerprint of all it depends on.
//!
//! `plan` makes these; `render` turns one into bytes; `write` puts it in place.

use std::fmt;

use jiff::civil::Date;

use super::{
    Digest,
    newsroom::{ArticleIdx, EntityIdx, ListId, StoryIdx, Target, TopicIdx},
    route::Route,
};

/// All outputs of a build, in publishing order.
#[derive(Debug, Default)]
pub struct Plan {
    /// In publishing order: assets, articles, lists, front, feeds, sitemaps.
    pub outputs: Vec<Output>,
}

/// One file to publish.
#[derive(Debug)]
pub struct Output {
    /// Where.
    pub route: Route,
    /// What.
    pub page: Page,
    /// Of all that its bytes depend on.
    pub fingerprint: Digest,
    /// What to blame when two outputs want one route: a source file, or what the page is.
    pub owner: String,
}

/// What stands on an output.
#[derive(Debug)]
pub enum Page {
    /// `/`
    Front(FrontPage),
    /// One article.
    Article(ArticlePage),
    /// A day's edition.
    Day(DayPage),
    /// `/2023/09/`
    Month(OverviewPage),
    /// `/2023/`
    Year(OverviewPage),
    /// `/archive/`
    Archive(OverviewPage),
    /// A topic's, entity's or story's page or one of its calendar pages.
    List(ListPage),
    /// `/topics/`, `/entities/`, `/stories/`
    Index(IndexPage),
    /// Position in `Newsroom::pages`.
    Static(u32),
    /// `/404.html`
    NotFound,
    /// A page that leads on to another, or (`None`) says that nothing is here any more.
    Redirect(Route),
    /// A feed of the site, or of a list.
    Feed(FeedPage),
    /// `/feeds.opml`
    Opml,
    /// `/sitemap.xml`: routes of the parts, each with the newest declared change in it.
    SitemapIndex(Vec<Route>),
    /// `/sitemaps/2023-09.xml`: articles, newest first.
    SitemapMonth(Vec<ArticleIdx>),
    /// `/sitemaps/pages.xml`: everything else that search engines should know.
    SitemapPages(Vec<Route>),
    /// `/news-sitemap.xml`: articles of the last two days, at most 1,000.
    NewsSitemap(Vec<ArticleIdx>),
    /// `/robots.txt`
    Robots,
    /// `/_headers`
    Headers,
    /// `/_redirects`: from → to.
    Redirects(Vec<(Route, Route)>),
    /// A file of `static/`, by its path there.
    StaticFile(String),
    /// A file beside content, by its source path.
    Media(String),
}

impl Page {
    /// Its place in publishing order: what links to a page is published after it.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::StaticFile(_) | Self::Media(_) => Stage::Assets,
            Self::Article(_) | Self::Static(_) => Stage::Articles,
            Self::List(_) | Self::Index(_) => Stage::Lists,
            Self::Day(_) | Self::Month(_) | Self::Year(_) | Self::Archive(_) => Stage::Lists,
            Self::NotFound | Self::Front(_) => Stage::Front,
            Self::Redirect(_) | Self::Redirects(_) | Self::Headers => Stage::Host,
            Self::Feed(_) | Self::Opml => Stage::Feeds,
            _ => Stage::Sitemaps,
        }
    }

    /// The template that shows it; `None` for what no template makes.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        Some(match self {
            Self::Front(_) => "front.html",
            Self::Article(_) => "article.html",
            Self::Day(_) => "day.html",
            Self::Month(_) | Self::Year(_) | Self::Archive(_) => "overview.html",
            Self::List(ListPage { period: Some(_), .. }) => "period.html",
            Self::List(ListPage { list: ListId::Topic(_), .. }) => "topic.html",
            Self::List(ListPage { list: ListId::Entity(_), .. }) => "entity.html",
            Self::List(ListPage { list: ListId::Story(_), .. }) => "story.html",
            Self::Index(_) => "index.html",
            Self::Static(_) => "page.html",
            Self::NotFound => "404.html",
            Self::Redirect(_) => "redirect.html",
            _ => return None,
        })
    }
}

/// Publishing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Style sheets, images.
    Assets,
    /// Articles and pages outside the news.
    Articles,
    /// Lists, editions, the archive.
    Lists,
    /// The front page.
    Front,
    /// Redirects and headers.
    Host,
    /// Feeds.
    Feeds,
    /// Sitemaps and robots.
    Sitemaps,
}

/// The front page.
#[derive(Debug)]
pub struct FrontPage {
    /// The day of the latest edition; `None` on a site without articles.
    pub date: Option<Date>,
    /// The numbered briefing.
    pub briefing: Vec<ArticleIdx>,
    /// The first story.
    pub lead: Option<ArticleIdx>,
    /// Further articles of the lead's running story.
    pub follow_ups: Vec<ArticleIdx>,
    /// The next stories.
    pub secondary: Vec<ArticleIdx>,
    /// Running stories with their newest article and the number of articles in the week before `date`.
    pub stories: Vec<(StoryIdx, ArticleIdx, usize)>,
    /// Topic bands, no article twice on the page.
    pub bands: Vec<(TopicIdx, Vec<ArticleIdx>)>,
    /// Entities with the most articles in the week before `date`.
    pub in_the_news: Vec<(EntityIdx, usize)>,
    /// Explainers, analysis and opinion.
    pub background: Vec<ArticleIdx>,
    /// The latest editions' days.
    pub editions: Vec<(Date, usize)>,
}

/// An article's page.
#[derive(Debug)]
pub struct ArticlePage {
    /// Which article.
    pub article: ArticleIdx,
    /// Earlier articles with the entity or topic that they share.
    pub earlier: Vec<(ArticleIdx, Target)>,
    /// The article before it in its running story.
    pub story_previous: Option<ArticleIdx>,
    /// The one article after it in its running story.
    pub story_next: Option<ArticleIdx>,
}

/// A day's edition.
#[derive(Debug)]
pub struct DayPage {
    /// The day.
    pub date: Date,
    /// Told at length, in the editor's order or by priority.
    pub main: Vec<ArticleIdx>,
    /// In short, newest first.
    pub brief: Vec<ArticleIdx>,
    /// The day before with articles.
    pub previous: Option<Date>,
    /// The day after with articles.
    pub next: Option<Date>,
}

/// A page of the site's calendar above the days.
#[derive(Debug)]
pub struct OverviewPage {
    /// `None` for the archive.
    pub period: Option<Period>,
    /// What it is divided into, newest first, with the number of articles.
    pub parts: Vec<PeriodCount>,
    /// For a month: for each day the articles that lead it.
    pub highlights: Vec<(Date, Vec<ArticleIdx>)>,
    /// The period before of the same length, with articles.
    pub previous: Option<Period>,
    /// The period after of the same length, with articles.
    pub next: Option<Period>,
}

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A year.
    Year(i16),
    /// A year and a month (1 to 12).
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl Period {
    /// The year that holds it.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(date) => date.year(),
        }
    }

    /// Whether a date is in it.
    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        match self {
            Self::Year(year) => date.year() == year,
            Self::Month(year, month) => (date.year(), date.month()) == (year, month),
            Self::Day(day) => date == day,
        }
    }
}

/// The ISO form: `2023`, `2023-09`, `2023-09-12`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => {
                write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
        }
    }
}

/// A period and how many articles it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodCount {
    /// The period.
    pub period: Period,
    /// Articles in it.
    pub count: usize,
    /// Whether it has a page of its own.
    pub has_page: bool,
}

/// A page of a topic, entity or story: its own (`period` is `None`) or a calendar page.
#[derive(Debug)]
pub struct ListPage {
    /// Whose.
    pub list: ListId,
    /// The period of a calendar page.
    pub period: Option<Period>,
    /// Articles by day or month, newest first; empty where the page shows only its parts.
    pub groups: Vec<Group>,
    /// The periods that it is divided into, newest first; years with their months on the list's own page.
    pub parts: Vec<PeriodCount>,
    /// The calendar page of the period before.
    pub previous: Option<Period>,
    /// The calendar page of the period after.
    pub next: Option<Period>,
    /// Articles of the whole list, on its own page; of the period, on a calendar page.
    pub total: usize,
    /// What only the list's own page shows.
    pub profile: Profile,
}

/// Articles of one day or month on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The day or month.
    pub period: Period,
    /// Newest first.
    pub articles: Vec<ArticleIdx>,
}

/// What only a list's own page shows.
#[derive(Debug, Default)]
pub struct Profile {
    /// Entities that share the most articles with it, and how many.
    pub appears_with: Vec<(EntityIdx, usize)>,
    /// Running stories among its articles.
    pub stories: Vec<StoryIdx>,
    /// Narrower topics.
    pub narrower: Vec<TopicIdx>,
    /// Articles in each month from the first to the last, oldest first.
    pub per_month: Vec<(i16, i8, usize)>,
    /// The newest article.
    pub latest: Option<ArticleIdx>,
    /// The oldest article.
    pub first: Option<ArticleIdx>,
}

/// The index of all topics, entities or stories.
#[derive(Debug)]
pub struct IndexPage {
    /// Of what.
    pub kind: IndexKind,
    /// With the number of articles, in the order of the page.
    pub items: Vec<(ListId, usize)>,
}

/// The three indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexKind {
    /// `/topics/`
    Topics,
    /// `/entities/`
    Entities,
    /// `/stories/`
    Stories,
}

/// A feed.
#[derive(Debug)]
pub struct FeedPage {
    /// In which format.
    pub format: FeedFormat,
    /// Of a list, or of the whole site.
    pub list: Option<ListId>,
    /// Newest first.
    pub items: Vec<ArticleIdx>,
}

/// The three feed formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// RFC 4287
    Atom,
    /// RSS 2.0
    Rss,
    /// JSON Feed 1.1
    Json,
}
