//! `article.html`: an article's page.

use tera::Value;

use super::{dir, image};
use crate::{
    model::{
        article::{Summary, Translation},
        newsroom::{Filed, ListId, Target, Ties},
        output::{ArticlePage, IndexKind, Period},
        route::{self, Route},
    },
    render::{
        Renderer,
        head::{self, Draft},
        json_ld, twins,
        view::{
            ArticleView, CorrectionView, EarlierView, Head, HeadImage, ImageView, Link, Markup,
            SourceView, StoryBox, Text, Time,
        },
        view_of,
    },
    text::{
        bidi::{self, Manner},
        html::percent_encode_value,
    },
};

/// Words read in a minute; Arabic prose is read somewhat slower than English.
const WORDS_A_MINUTE: usize = 180;
/// Entities shown beside an article.
const ENTITIES: usize = 12;

impl Renderer<'_> {
    pub(in crate::render) fn article(&self, route: &Route, page: &ArticlePage) -> (Head, Value) {
        let desk = &self.desk;
        let filed = desk.newsroom.article(page.article);
        let (article, ties) = (&filed.summary, &filed.ties);
        let language = desk.newsroom.language_of(article);
        let own = |text: &str| Text::alone(text, language);
        let lead = article.image.as_ref().and_then(|it| image(desk, &article.source, it, language));
        let view = ArticleView {
            url: desk.url(route),
            title: own(&article.title),
            dir: dir(language),
            lang: language.to_owned(),
            kind: article.kind.key(),
            kind_label: desk.ui.text(&format!("kind.{}", article.kind.key())).to_owned(),
            breadcrumb: self.article_breadcrumb(article, ties),
            topics: ties.topics.iter().map(|&topic| self.topic_link(topic)).collect(),
            standfirst: article.has_standfirst.then(|| own(&article.standfirst)),
            byline: self.byline(article),
            dateline: article.dateline.as_deref().map(|it| desk.line(it)),
            published: desk.time(&article.date),
            second_date: desk.locale.second_date(article.date.day()),
            updated: article.updated.as_ref().map(|updated| desk.time(updated)),
            reading: desk
                .count("reading", (article.words as usize).div_ceil(WORDS_A_MINUTE).max(1)),
            translation: self.translation(&article.translation),
            points: article.points.iter().map(|it| own(it)).collect(),
            body: Markup::new(&self.article_html(page.article, false)),
            sources: article
                .sources
                .iter()
                .map(|it| SourceView {
                    name: desk.line(&it.name),
                    url: it.url.clone(),
                    note: it.note.as_deref().map(|note| desk.line(note)),
                })
                .collect(),
            corrections: self.corrections(article),
            entities: self.entities(&filed),
            story: self.story_box(page, ties),
            earlier: page
                .earlier
                .iter()
                .map(|(idx, shares)| EarlierView {
                    card: self.card(*idx),
                    shares: desk.link(*shares),
                })
                .collect(),
            edition: desk.link(Target::Day(article.date.day())),
            share: self.share(route, article),
            extra: article.extra.clone(),
            image: lead.clone(),
        };
        (self.article_head(route, page, lead, &view), view_of(&view))
    }

    fn article_breadcrumb(&self, article: &Summary, ties: &Ties) -> Vec<Link> {
        let mut breadcrumb = vec![self.home()];
        match ties.topics.first() {
            Some(&topic) => {
                let url = self.desk.url_at(route::index(IndexKind::Topics));
                breadcrumb.push(self.desk.labelled(url, "nav.topics"));
                breadcrumb.push(self.desk.link(Target::Topic(topic)));
            }
            None => {
                let day = article.date.day();
                let month = Period::Month(day.year(), day.month());
                let url = self.desk.url_at(route::calendar(month));
                breadcrumb.push(Link { url, name: Text::label(&self.desk.period(month)) });
                breadcrumb.push(self.desk.link(Target::Day(day)));
            }
        }
        breadcrumb
    }

    /// Each name for itself, or two Latin ones would change places.
    fn byline(&self, article: &Summary) -> Option<Text> {
        let manner = Manner::of(&self.desk.newsroom.config.language);
        let one = |author: &String| bidi::line_html(author, manner, None);
        let names: Vec<String> = article.authors.iter().map(one).collect();
        let list = |names: &[String]| self.desk.locale.list(names);
        (!names.is_empty()).then(|| Text::of_safe(&list(&article.authors), &list(&names)))
    }

    fn translation(&self, translation: &Translation) -> Option<Text> {
        let ui = self.desk.ui;
        let manner = Manner::of(&self.desk.newsroom.config.language);
        let named = |key: &str, name: &Option<String>| {
            let name = bidi::line_html(name.as_deref()?, manner, None);
            Some(ui.html_with(key, &[("name", &name)]))
        };
        let from = named("translation.from", &translation.from);
        let by = named("translation.by", &translation.translator);
        let machine = translation.machine.then(|| ui.html_with("translation.machine", &[]));
        let parts: Vec<String> = [from, by, machine].into_iter().flatten().collect();
        let separator = ui.html_with("separator", &[]);
        (!parts.is_empty()).then(|| Text::of_safe("", &parts.join(&separator)))
    }

    fn corrections(&self, article: &Summary) -> Vec<CorrectionView> {
        let mut corrections: Vec<_> = article.corrections.iter().collect();
        corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
        let site = self.desk.newsroom.config.language.as_str();
        let language = article.lang.as_deref().unwrap_or(site);
        corrections
            .into_iter()
            .map(|it| CorrectionView {
                time: self.desk.time(&it.date),
                text: Text::line(&it.text, language, site),
            })
            .collect()
    }

    fn entities(&self, filed: &Filed) -> Vec<Value> {
        filed.entities().take(ENTITIES).map(|entity| self.chip(entity)).collect()
    }

    fn story_box(&self, page: &ArticlePage, ties: &Ties) -> Option<StoryBox> {
        let story = ties.story?;
        Some(StoryBox {
            story: self.desk.link(Target::from(ListId::Story(story))),
            previous: page.story_previous.map(|idx| self.card(idx)),
            next: page.story_next.map(|idx| self.card(idx)),
        })
    }

    /// Plain links that need no script.
    fn share(&self, route: &Route, article: &Summary) -> Vec<Link> {
        let url = self.desk.absolute(route);
        let url = percent_encode_value(&url);
        let site = self.desk.newsroom.config.language.as_str();
        let title = article.social_title.as_ref().unwrap_or(&article.title);
        let title = bidi::title(title, Manner::of(article.lang.as_deref().unwrap_or(site)));
        let title = percent_encode_value(&title);
        let link = |key: &str, url: String| self.desk.labelled(url, key);
        vec![
            link("share.whatsapp", format!("https://wa.me/?text={title}%20{url}")),
            link("share.telegram", format!("https://t.me/share/url?url={url}&text={title}")),
            link("share.x", format!("https://x.com/intent/post?url={url}&text={title}")),
            link("share.email", format!("mailto:?subject={title}&body={url}")),
        ]
    }

    fn article_head(
        &self,
        route: &Route,
        page: &ArticlePage,
        lead: Option<ImageView>,
        view: &ArticleView,
    ) -> Head {
        let desk = &self.desk;
        let filed = desk.newsroom.article(page.article);
        let (article, ties) = (&filed.summary, &filed.ties);
        let images = lead.map(|image| self.head_image(&image));
        let crumbs = self.absolute_crumbs(&view.breadcrumb);
        let neighbour = |idx| desk.absolute(&desk.newsroom.address(idx).route);
        let draft = Draft {
            title: article.social_title.as_ref().unwrap_or(&article.title).clone(),
            language: article.lang.clone(),
            description: article.standfirst.clone(),
            is_article: true,
            twins: twins::of_article(desk.newsroom, page.article),
            json_ld: json_ld::article(desk, page, &crumbs, images.as_slice()),
            image: images,
            previous: page.story_previous.map(neighbour),
            next: page.story_next.map(neighbour),
            ..Draft::default()
        };
        let mut head = head::head(desk, route, draft);
        head.published = Some(article.date.rfc3339());
        head.modified = article.updated.map(|updated| updated.rfc3339());
        head.section =
            ties.topics.first().map(|&topic| desk.plain(&desk.newsroom.topic(topic).name));
        let tags = filed.entities().take(ENTITIES);
        head.tags = tags.map(|entity| desk.plain(&desk.newsroom.entity(entity).name)).collect();
        head
    }

    /// The image of social cards: absolute.
    pub(super) fn head_image(&self, image: &ImageView) -> HeadImage {
        HeadImage {
            url: self.absolute_url(&image.src),
            alt: image.alt.clone(),
            width: image.width,
            height: image.height,
        }
    }

    /// A URL made for `href`, absolute.
    pub(super) fn absolute_url(&self, url: &str) -> String {
        let config = &self.desk.newsroom.config;
        match url.strip_prefix(config.base_path()) {
            Some(path) if url.starts_with('/') => format!("{}{path}", config.base_url),
            _ => url.to_owned(),
        }
    }

    /// Breadcrumbs for JSON-LD: names with absolute URLs.
    pub(super) fn absolute_crumbs(&self, crumbs: &[Link]) -> Vec<(String, String)> {
        let crumb = |link: &Link| (link.name.plain().to_owned(), self.absolute_url(&link.url));
        crumbs.iter().map(crumb).collect()
    }

    /// A day as a time whose text names the weekday.
    pub(super) fn long_day(&self, date: jiff::civil::Date) -> Time {
        Time { iso: date.to_string(), text: self.desk.locale.date(date) }
    }
}
