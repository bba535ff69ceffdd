//! The knowledge base: articles in versions, each approved by another than its author
//! before anybody reads it, and what desks say of them.

use request::{AgentId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, audit::audit, encoding};

/// What an article says, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub title: Wording,
    pub body: Wording,
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The services it is about.
    #[serde(default)]
    pub services: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub ko: String,
    pub en: String,
}

/// One version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleVersion {
    pub id: String,
    pub version: u32,
    pub at: Timestamp,
    pub author: AgentId,
    #[serde(flatten)]
    pub article: Article,
}

/// What a desk says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Helped,
    OutOfDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleFeedback {
    pub version: u32,
    pub at: Timestamp,
    pub who: AgentId,
    pub verdict: Verdict,
    pub sentence: String,
}

/// Why it was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    #[error("there is no such article or version")]
    Unknown,
    #[error("an author does not approve what is their own")]
    OwnWork,
    #[error("another version came first")]
    Overtaken,
}

/// What stands of an article.
struct Standing {
    /// The newest version, and the one that is read; none before any is approved, and
    /// after it was retired.
    newest: u32,
    read: Option<u32>,
}

impl Store {
    /// Writes a version of an article after another (0 for the first). Written again by
    /// the same author with the same words it is the same one.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn write_article(
        &self,
        id: &str,
        after: u32,
        author: &AgentId,
        article: &Article,
        now: Timestamp,
    ) -> Result<Result<u32, NotKept>, StoreError> {
        let content = encoding::encode(article)?;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let newest = standing(&transaction, id)?.map_or(0, |it| it.newest);
        let version = after.saturating_add(1);
        if newest != after {
            let same: Option<bool> = transaction
                .query_row(
                    "SELECT author = ?3 AND content = ?4 FROM article_version
                     WHERE article_id = ?1 AND version = ?2",
                    params![id, version, author.as_str(), content],
                    |row| row.get(0),
                )
                .optional()?;
            return Ok(match same {
                Some(true) => Ok(version),
                Some(false) | None => Err(NotKept::Overtaken),
            });
        }
        transaction.execute(
            "INSERT INTO article_version (article_id, version, at, author, content)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, version, now.as_millis(), author.as_str(), content],
        )?;
        audit(
            &transaction,
            now,
            author.as_str(),
            "wrote article",
            &named(id, version),
        )?;
        transaction.commit()?;
        Ok(Ok(version))
    }

    /// Lets everybody read a version; it is not its author who does.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn approve_article(
        &self,
        id: &str,
        version: u32,
        who: &AgentId,
        now: Timestamp,
    ) -> Result<Result<(), NotKept>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let author: Option<String> = transaction
            .query_row(
                "SELECT author FROM article_version WHERE article_id = ?1 AND version = ?2",
                params![id, version],
                |row| row.get(0),
            )
            .optional()?;
        let standing = standing(&transaction, id)?;
        let (Some(author), Some(standing)) = (author, standing) else {
            return Ok(Err(NotKept::Unknown));
        };
        if author == who.as_str() {
            return Ok(Err(NotKept::OwnWork));
        }
        // An older text does not come back over a newer one that is read.
        match standing.read {
            Some(read) if read == version => return Ok(Ok(())),
            Some(read) if read > version => return Ok(Err(NotKept::Overtaken)),
            Some(_) | None => {}
        }
        decide(&transaction, id, version, who, "approved", now)?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// Takes an article out of what is read.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn retire_article(
        &self,
        id: &str,
        who: &AgentId,
        now: Timestamp,
    ) -> Result<Result<(), NotKept>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Some(standing) = standing(&transaction, id)? else {
            return Ok(Err(NotKept::Unknown));
        };
        if let Some(read) = standing.read {
            decide(&transaction, id, read, who, "retired", now)?;
        }
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// What is read, by the articles' names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleVersion>, StoreError> {
        self.versions(
            "SELECT v.article_id, v.version, v.at, v.author, v.content FROM article_version AS v
             JOIN article_decision AS d ON d.article_id = v.article_id AND d.version = v.version
             WHERE d.decision = 'approved' AND d.sequence = (
                 SELECT max(sequence) FROM article_decision AS later
                 WHERE later.article_id = v.article_id)
             ORDER BY v.article_id",
        )
    }

    /// Versions that nobody has approved and none newer was, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn article_drafts(&self) -> Result<Vec<ArticleVersion>, StoreError> {
        self.versions(
            "SELECT article_id, version, at, author, content FROM article_version AS v
             WHERE version = (SELECT max(version) FROM article_version AS newer
                              WHERE newer.article_id = v.article_id)
             AND NOT EXISTS (SELECT 1 FROM article_decision AS d
                             WHERE d.article_id = v.article_id AND d.version = v.version)
             ORDER BY at, article_id",
        )
    }

    /// Keeps what an agent says of a version; a later word of the same agent takes the
    /// place of the earlier.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn judge_article(
        &self,
        id: &str,
        feedback: &ArticleFeedback,
    ) -> Result<Result<(), NotKept>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let there: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM article_decision
                            WHERE article_id = ?1 AND version = ?2 AND decision = 'approved')",
            params![id, feedback.version],
            |row| row.get(0),
        )?;
        if !there {
            return Ok(Err(NotKept::Unknown));
        }
        let verdict = match feedback.verdict {
            Verdict::Helped => "helped",
            Verdict::OutOfDate => "out_of_date",
        };
        transaction.execute(
            "INSERT INTO article_feedback (article_id, version, at, who, verdict, sentence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (article_id, version, who) DO UPDATE SET
                 at = excluded.at, verdict = excluded.verdict, sentence = excluded.sentence",
            params![
                id,
                feedback.version,
                feedback.at.as_millis(),
                feedback.who.as_str(),
                verdict,
                feedback.sentence
            ],
        )?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// What was said of an article, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn article_feedback(
        &self,
        id: &str,
        limit: u32,
    ) -> Result<Vec<ArticleFeedback>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT version, at, who, verdict, sentence FROM article_feedback
             WHERE article_id = ?1 ORDER BY at DESC, sequence DESC LIMIT ?2",
        )?;
        let rows = select.query_map(params![id, limit], |row| {
            let verdict: String = row.get(3)?;
            Ok(ArticleFeedback {
                version: row.get(0)?,
                at: Timestamp::from_millis(row.get(1)?),
                who: AgentId::new(row.get::<_, String>(2)?),
                verdict: match verdict.as_str() {
                    "helped" => Verdict::Helped,
                    _ => Verdict::OutOfDate,
                },
                sentence: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn versions(&self, select: &str) -> Result<Vec<ArticleVersion>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(select)?;
        let mut rows = select.query([])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(ArticleVersion {
                id: row.get(0)?,
                version: row.get(1)?,
                at: Timestamp::from_millis(row.get(2)?),
                author: AgentId::new(row.get::<_, String>(3)?),
                article: encoding::decode(&row.get::<_, String>(4)?)?,
            });
        }
        Ok(versions)
    }
}

fn named(id: &str, version: u32) -> String {
    format!("{id} {version}")
}

fn decide(
    transaction: &Transaction<'_>,
    id: &str,
    version: u32,
    who: &AgentId,
    decision: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO article_decision (article_id, version, at, who, decision)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, version, now.as_millis(), who.as_str(), decision],
    )?;
    let act = format!("{decision} article");
    audit(transaction, now, who.as_str(), &act, &named(id, version))
}

/// None of an article that was never written.
fn standing(transaction: &Transaction<'_>, id: &str) -> Result<Option<Standing>, StoreError> {
    let newest: Option<u32> = transaction.query_row(
        "SELECT max(version) FROM article_version WHERE article_id = ?1",
        [id],
        |row| row.get(0),
    )?;
    let last: Option<(u32, String)> = transaction
        .query_row(
            "SELECT version, decision FROM article_decision WHERE article_id = ?1
             ORDER BY sequence DESC LIMIT 1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let read = last.and_then(|(version, decision)| (decision == "approved").then_some(version));
    Ok(newest.map(|newest| Standing { newest, read }))
}

#[cfg(test)]
mod tests;
