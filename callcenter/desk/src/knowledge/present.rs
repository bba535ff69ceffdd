//! What the pane shows of the knowledge base.

use privacy::Personal;
use request::ServiceId;

use super::{Article, Knowledge, KnowledgeNotice, Verdict, Wording};
use crate::Language;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnowledgeView {
    /// There is no way from here to say who asks.
    pub no_way: bool,
    /// Whether the exchange has answered.
    pub known: bool,
    /// What is being prepared; empty while nothing is.
    pub service: String,
    pub rows: Vec<ArticleRow>,
    pub selected: usize,
    /// Counts the lines that were begun.
    pub line: u32,
    pub notice: Option<KnowledgeNotice>,
    pub article: Option<ArticleView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    pub title: String,
    /// Its first words.
    pub begins: String,
    /// It is about the service in hand.
    pub about_service: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleView {
    pub title: String,
    pub body: String,
    pub version: u32,
    pub day: String,
    pub author: String,
    pub verdict: Option<Verdict>,
    pub sentence: Personal<String>,
    pub judging: bool,
}

impl Knowledge {
    /// `title` tells what a service is called.
    pub(crate) fn present(
        &self,
        language: Language,
        title: &dyn Fn(&ServiceId) -> String,
    ) -> KnowledgeView {
        let rows = self.articles.iter().flatten();
        KnowledgeView {
            no_way: !self.may_ask,
            known: self.articles.is_some(),
            service: self.service.as_ref().map_or_else(String::new, title),
            rows: rows.map(|it| self.row(it, language)).collect(),
            selected: self.selected(),
            line: self.lines_begun,
            notice: self.notice,
            article: self.open.as_ref().map(|open| ArticleView {
                title: words(&open.article.title, language),
                body: words(&open.article.body, language),
                version: open.article.version,
                day: language.day(open.article.at),
                author: open.article.author.to_string(),
                verdict: open.verdict,
                sentence: (self.sentences.get(&open.article.id).cloned()).unwrap_or_default(),
                judging: open.judging,
            }),
        }
    }

    fn row(&self, article: &Article, language: Language) -> ArticleRow {
        let body = words(&article.body, language);
        ArticleRow {
            title: words(&article.title, language),
            begins: body.lines().next().unwrap_or_default().to_owned(),
            about_service: self.is_about_service(article),
        }
    }
}

fn words(wording: &Wording, language: Language) -> String {
    language.say(&wording.ko, &wording.en)
}
