//! What a build is to publish: what stands on each output ([`Page`]); its name is a [`PageId`].
//!
//! `plan` makes these; `render` turns one into bytes; `write` puts it in place.

use std::fmt;

use jiff::civil::Date;

use super::{
    Digest,
    day::Month,
    newsroom::{ArticleId, EntityIdx, ListId, StoryIdx, Target, TopicIdx},
    page_id::PageId,
    route::Route,
    tongue::Tongue,
};

/// One file to publish: what stands on it, where, and a fingerprint of all that its bytes depend on.
#[derive(Debug)]
pub struct Output {
    /// Its name.
    pub id: PageId,
    /// Where.
    pub route: Route,
    /// What.
    pub page: Page,
    /// In which language of the site.
    pub tongue: Tongue,
    /// Of all that its bytes depend on.
    pub fingerprint: Digest,
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
    /// `/sitemap.xml`: routes of the parts.
    SitemapIndex(Vec<Route>),
    /// `/sitemaps/2023-09.xml`: the month's and its days' pages, then its articles, newest first.
    SitemapMonth(Vec<Route>, Vec<ArticleId>),
    /// `/sitemaps/pages.xml`: everything else that search engines should know.
    SitemapPages(Vec<Route>),
    /// `/news-sitemap.xml`: articles of the last two days, at most 1,000.
    NewsSitemap(Vec<ArticleId>),
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
    pub briefing: Vec<ArticleId>,
    /// The first story.
    pub lead: Option<ArticleId>,
    /// Further articles of the lead's running story.
    pub follow_ups: Vec<ArticleId>,
    /// The next stories.
    pub secondary: Vec<ArticleId>,
    /// Running stories with their newest article and the number of articles in the week before `date`.
    pub stories: Vec<(StoryIdx, ArticleId, usize)>,
    /// Topic bands, no article twice on the page.
    pub bands: Vec<(TopicIdx, Vec<ArticleId>)>,
    /// Entities with the most articles in the week before `date`.
    pub in_the_news: Vec<(EntityIdx, usize)>,
    /// Explainers, analysis and opinion.
    pub background: Vec<ArticleId>,
    /// The latest editions' days.
    pub editions: Vec<(Date, usize)>,
}

/// An article's page.
#[derive(Debug)]
pub struct ArticlePage {
    /// Which article.
    pub article: ArticleId,
    /// Earlier articles with the entity or topic that they share.
    pub earlier: Vec<(ArticleId, Target)>,
    /// The article before it in its running story.
    pub story_previous: Option<ArticleId>,
    /// The one article after it in its running story.
    pub story_next: Option<ArticleId>,
}

/// A day's edition.
#[derive(Debug)]
pub struct DayPage {
    /// The day.
    pub date: Date,
    /// Told at length, in the editor's order or by priority.
    pub main: Vec<ArticleId>,
    /// In short, newest first.
    pub brief: Vec<ArticleId>,
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
    pub highlights: Vec<(Date, Vec<ArticleId>)>,
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
    /// A month as a period.
    #[must_use]
    pub fn of_month(month: Month) -> Self {
        Self::Month(month.year, month.month)
    }

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
    pub articles: Vec<ArticleId>,
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
    pub latest: Option<ArticleId>,
    /// The oldest article.
    pub first: Option<ArticleId>,
    /// How an entity's name is spelled in its articles where nobody registered that, the most frequent first.
    pub spellings: Vec<String>,
}

/// The index of all topics, entities or stories.
#[derive(Debug)]
pub struct IndexPage {
    /// Of what.
    pub kind: IndexKind,
    /// By id.
    pub items: Vec<ListId>,
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
    pub items: Vec<ArticleId>,
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
