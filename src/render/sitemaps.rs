//! Sitemaps (sitemaps.org 0.9) and Google's news sitemap. In: routes or articles. Out: XML.
//!
//! Entries: [`index`], [`month`], [`pages`], [`news`]. A `lastmod` is a declared change, never a build's time, so a
//! past month's file keeps its bytes. The protocol's limits, 50,000 URLs and 50 MB a file, are the plan's to keep.

use super::{
    desk::Desk,
    feeds::{language, plain, xml::Xml},
};
use crate::model::{article::Moment, newsroom::ArticleId, route::Route};

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const NEWS_NAMESPACE: (&str, &str) =
    ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

/// The most articles that a news sitemap may hold.
const NEWS_LIMIT: usize = 1000;

/// `/sitemap.xml`: the index of all parts, at most 50,000. Without `lastmod`, which each article's entry bears in its
/// part: an index that bore it would change with every article.
pub(super) fn index(desk: &Desk<'_>, parts: &[Route], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.open("sitemapindex", &[NAMESPACE]);
    for part in parts {
        xml.open("sitemap", &[]);
        xml.text("loc", &desk.absolute(part));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish();
}

/// `/sitemaps/2023-09.xml`: the pages of a month and of its days, then its articles; the plan keeps them below 50,000.
pub(super) fn month(desk: &Desk<'_>, routes: &[Route], articles: &[ArticleId], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.open("urlset", &[NAMESPACE]);
    for route in routes {
        xml.open("url", &[]);
        xml.text("loc", &desk.absolute(route));
        xml.close("url");
    }
    for &idx in articles {
        let Some(place) = desk.newsroom.archive.place(idx) else { continue };
        xml.open("url", &[]);
        xml.text("loc", &desk.absolute(&place.route));
        xml.text("lastmod", &w3c(place.modified));
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish();
}

/// `/sitemaps/pages.xml`: everything else that search engines should know; the plan gives at most 50,000 routes.
/// Without `lastmod`: lists have no declared change, and a wrong one is worse than none.
pub(super) fn pages(desk: &Desk<'_>, routes: &[Route], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.open("urlset", &[NAMESPACE]);
    for route in routes {
        xml.open("url", &[]);
        xml.text("loc", &desk.absolute(route));
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish();
}

/// `/news-sitemap.xml`: the articles of the last two days; the plan chooses them. May be empty.
pub(super) fn news(desk: &Desk<'_>, articles: &[ArticleId], out: &mut Vec<u8>) {
    let newsroom = desk.newsroom;
    let publication = without_parentheses(&newsroom.config.title);
    let mut xml = Xml::new(out);
    xml.open("urlset", &[NAMESPACE, NEWS_NAMESPACE]);
    for &idx in articles.iter().take(NEWS_LIMIT) {
        let face = newsroom.face(idx);
        let article = &face.heading;
        xml.open("url", &[]);
        xml.text("loc", &desk.absolute(&face.ties.route));
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.text("news:name", &publication);
        xml.text("news:language", &news_language(language(newsroom, article)));
        xml.close("news:publication");
        xml.text("news:publication_date", &w3c(article.date));
        xml.text("news:title", &plain::line(&article.title));
        xml.close("news:news");
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish();
}

/// A W3C date: the day alone where the editor gave no time of day.
fn w3c(moment: Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day().to_string() }
}

/// Google wants the publication's name as on its site but without what stands in parentheses.
fn without_parentheses(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    plain::line(&kept).into_owned()
}

/// ISO 639, the primary subtag; Chinese is the one language for which Google wants the region.
fn news_language(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let mut subtags = tag.split('-');
    match subtags.next().unwrap_or_default() {
        "zh" if subtags.any(|subtag| matches!(subtag, "tw" | "hk" | "mo" | "hant")) => {
            "zh-tw".to_owned()
        }
        "zh" => "zh-cn".to_owned(),
        primary => primary.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::route,
        render::feeds::sample::{Sample, assert_absolute, elements, newsroom, texts, written_by},
    };

    #[test]
    fn sitemaps_bear_declared_changes() {
        let newsroom = newsroom();
        let parts = [
            Route::new("/sitemaps/2023-09-2.xml"),
            route::sitemap(2023, 10),
            Route::new("/sitemaps/pages.xml"),
            route::sitemap(2020, 1),
        ];
        let index = elements(&written_by(&newsroom, |desk, out| index(desk, &parts, out)));
        assert_eq!(texts(&index, "sitemapindex/sitemap/loc").len(), 4);
        let articles = [ArticleId(1), ArticleId(2)];
        let days = [route::day(jiff::civil::date(2023, 9, 13))];
        let month =
            elements(&written_by(&newsroom, |desk, out| month(desk, &days, &articles, out)));
        let urls = texts(&month, "urlset/url/loc");
        assert_eq!(urls[0], "https://news.example.org/2023/09/13/");
        urls.into_iter().for_each(assert_absolute);
        assert_eq!(
            texts(&month, "urlset/url/lastmod"),
            ["2023-09-15T08:00:00+03:00", "2023-09-12T18:00:00+03:00"]
        );
        let routes = [route::front(), route::archive()];
        let pages = elements(&written_by(&newsroom, |desk, out| pages(desk, &routes, out)));
        assert_eq!(texts(&pages, "urlset/url/loc")[1], "https://news.example.org/archive/");
    }

    #[test]
    fn the_news_sitemap_names_the_publication_plainly() {
        let mut sample = Sample::full();
        sample.articles[2].summary.heading.date.has_time = false;
        sample.articles[2].summary.heading.lang = Some("en-GB".to_owned());
        let newsroom = sample.newsroom();
        let articles = [ArticleId(1), ArticleId(2)];
        let found = elements(&written_by(&newsroom, |desk, out| news(desk, &articles, out)));
        let item = "urlset/url/news:news";
        assert_eq!(texts(&found, &format!("{item}/news:publication/news:name"))[0], "Daily & Sons");
        assert_eq!(texts(&found, &format!("{item}/news:publication/news:language")), ["ar", "en"]);
        assert_eq!(
            texts(&found, &format!("{item}/news:publication_date")),
            ["2023-09-13T09:40:00+03:00", "2023-09-12"]
        );
        assert!(texts(&found, &format!("{item}/news:title"))[0].starts_with("Apple"));
        let none = written_by(&newsroom, |desk, out| news(desk, &[], out));
        assert_eq!(elements(&none).len(), 1);
    }
}
