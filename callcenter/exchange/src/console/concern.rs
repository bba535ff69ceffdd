//! What is for a person to look at first, in words; pure.

use std::time::Duration;

use request::Timestamp;

use super::{
    Language,
    moments::{ago, grouped},
    screen::{Place, Tone},
};

/// A trial of a restore that is older proves little (quarterly, as drills are).
const DRILL_GOOD_FOR: Duration = Duration::from_hours(24 * 92);

/// What the exchange knows at a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) now: Timestamp,
    /// It takes no questions, and why.
    pub(super) lacking: Option<&'static str>,
    /// The first row of the audit that is not what was written.
    pub(super) altered: Option<u64>,
    pub(super) backup: Backup,
    pub(super) unarchived: bool,
    /// Titles of networks that are left alone.
    pub(super) down: Vec<String>,
    /// Kiosks of the roster that are not on their lines.
    pub(super) silent: Vec<String>,
    /// Stations that could not go over to an edition.
    pub(super) refused: Vec<String>,
    /// Stations whose TPM says that something else has started, or does not say it.
    pub(super) strange: Vec<String>,
    /// Stations whose machine has noticed something within a day.
    pub(super) alarmed: Vec<String>,
    /// The newest releases of models that went no further.
    pub(super) halted: Vec<String>,
    pub(super) quarantined: u64,
    pub(super) wedged: u64,
    pub(super) doubts: u64,
    /// Editions that count from the next start on, or later.
    pub(super) editions: usize,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Backup {
    #[default]
    None,
    Unreadable,
    Kept {
        taken: Option<Timestamp>,
        every: Duration,
        drill: Option<(Timestamp, bool)>,
    },
}

/// One thing, and where it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Concern {
    pub(super) tone: Tone,
    pub(super) sentence: String,
    pub(super) place: Place,
}

impl Facts {
    /// What is worst comes first.
    pub(super) fn concerns(&self, language: Language) -> Vec<Concern> {
        let mut concerns = Vec::new();
        let mut add = |tone, place, korean: String, english: String| {
            concerns.push(Concern {
                tone,
                sentence: language.say(korean, english),
                place,
            });
        };
        if let Some(lacking) = self.lacking {
            add(
                Tone::Bad,
                Place::Overview,
                format!("교환 서버가 질문을 받지 않아요. 서버의 로그를 확인하세요. ({lacking})"),
                format!("The exchange takes no questions: {lacking}. See the server's log."),
            );
        }
        if let Some(row) = self.altered {
            add(
                Tone::Bad,
                Place::Trail,
                format!("감사 기록 {row}번째 줄이 쓴 것과 달라요."),
                format!("Row {row} of the audit is not what was written."),
            );
        }
        if self.quarantined > 0 {
            add(
                Tone::Bad,
                Place::Waiting,
                format!("격리된 기기가 {}대 있어요.", self.quarantined),
                format!("Stations in quarantine: {}.", self.quarantined),
            );
        }
        if let Some((korean, english)) = several(&self.silent) {
            add(
                Tone::Bad,
                Place::Stations,
                format!("{korean} 응답이 없어요. 전원과 회선을 확인하세요."),
                format!("{english} silent. Check power and line."),
            );
        }
        if let Some((korean, english)) = several(&self.down) {
            add(
                Tone::Bad,
                Place::Networks,
                format!("{korean} 답하지 않아요."),
                format!("{english} left alone, for they do not answer."),
            );
        }
        if let Some((korean, english)) = several(&self.refused) {
            add(
                Tone::Bad,
                Place::Editions,
                format!("{korean} 새 서비스 목록을 쓰지 못했어요."),
                format!("{english} unable to go over to the new edition."),
            );
        }
        if let Some((korean, english)) = several(&self.strange) {
            add(
                Tone::Bad,
                Place::Machines,
                format!("{korean} 배포한 이미지로 시작했다는 증명이 없어요."),
                format!("{english} not proven to have started what was released."),
            );
        }
        for it in &self.halted {
            add(
                Tone::Bad,
                Place::Machines,
                format!("{it}판 배포가 멈췄어요. 돌아간 장비의 까닭을 보세요."),
                format!("The rollout of {it} has stopped. See why a machine went back."),
            );
        }
        if let Some((korean, english)) = several(&self.alarmed) {
            add(
                Tone::Caution,
                Place::Machines,
                format!("{korean} 하루 안에 이상을 알렸어요."),
                format!("{english} among those that noticed something today."),
            );
        }
        if self.wedged > 0 {
            add(
                Tone::Caution,
                Place::Waiting,
                format!("결정을 기다리는 기록이 {}건 있어요.", grouped(self.wedged)),
                format!(
                    "Entries that wait for a decision: {}.",
                    grouped(self.wedged)
                ),
            );
        }
        if self.doubts > 0 {
            add(
                Tone::Caution,
                Place::Waiting,
                format!(
                    "현장에서 확인할 출력·지급이 {}건 있어요.",
                    grouped(self.doubts)
                ),
                format!(
                    "Sheets and payouts to look for on site: {}.",
                    grouped(self.doubts)
                ),
            );
        }
        if self.editions > 0 {
            add(
                Tone::Neutral,
                Place::Editions,
                "다음에 시작할 때 쓸 새 서비스 목록이 있어요.".to_owned(),
                "A newer edition waits for its day or the next start.".to_owned(),
            );
        }
        concerns.extend(self.of_backup(language));
        concerns.sort_by_key(|it| it.tone);
        concerns
    }

    fn of_backup(&self, language: Language) -> Vec<Concern> {
        let concern = |tone, korean: String, english: String| Concern {
            tone,
            sentence: language.say(korean, english),
            place: Place::Keeping,
        };
        let own = |korean: &str, english: &str| (korean.to_owned(), english.to_owned());
        let mut concerns = Vec::new();
        if self.unarchived {
            let (korean, english) = own(
                "백업에 아직 없는 변경이 있어요.",
                "Some changes are not in the backup yet.",
            );
            concerns.push(concern(Tone::Bad, korean, english));
        }
        match self.backup {
            Backup::None => {
                let (korean, english) = own(
                    "백업을 하지 않고 있어요. 기계를 잃으면 모두 잃어요.",
                    "No backups are kept. With the machine all is lost.",
                );
                concerns.push(concern(Tone::Caution, korean, english));
            }
            Backup::Unreadable => {
                let (korean, english) = own(
                    "백업 폴더를 읽을 수 없어요.",
                    "The backup's folder cannot be read.",
                );
                concerns.push(concern(Tone::Bad, korean, english));
            }
            Backup::Kept {
                taken,
                every,
                drill,
            } => {
                let old = taken.is_none_or(|at| at + every * 2 < self.now);
                if old {
                    let when = taken.map(|at| ago(at, self.now, language));
                    let when = when.unwrap_or(language.say("없음", "none").to_owned());
                    concerns.push(concern(
                        Tone::Bad,
                        format!("전체 백업이 늦었어요. 마지막: {when}."),
                        format!("A whole copy is overdue. Newest: {when}."),
                    ));
                }
                let tried = drill.filter(|(at, _)| self.now < *at + DRILL_GOOD_FOR);
                let (tone, (korean, english)) = match tried {
                    Some((_, true)) => return concerns,
                    Some((_, false)) => (
                        Tone::Bad,
                        own(
                            "마지막 복원 연습이 실패했어요.",
                            "The last trial of a restore failed.",
                        ),
                    ),
                    None => (
                        Tone::Caution,
                        own(
                            "석 달 안에 백업을 복원해 본 적이 없어요.",
                            "Nobody has tried to restore a backup within three months.",
                        ),
                    ),
                };
                concerns.push(concern(tone, korean, english));
            }
        }
        concerns
    }
}

/// "A 외 2곳:" and "A and 2 others are"; none of nobody.
fn several(names: &[String]) -> Option<(String, String)> {
    let first = names.first()?;
    Some(match names.len() - 1 {
        0 => (format!("{first}:"), format!("{first} is")),
        others => (
            format!("{first} 외 {others}곳:"),
            format!("{first} and {others} more are"),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
    const HOUR: Duration = Duration::from_hours(1);

    fn before(span: Duration) -> Timestamp {
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(NOW.as_millis() - millis)
    }

    fn well() -> Facts {
        Facts {
            now: NOW,
            backup: Backup::Kept {
                taken: Some(before(HOUR)),
                every: HOUR,
                drill: Some((before(HOUR), true)),
            },
            ..Facts::default()
        }
    }

    fn said(facts: &Facts) -> Vec<(Tone, String)> {
        let concerns = facts.concerns(Language::English).into_iter();
        concerns.map(|it| (it.tone, it.sentence)).collect()
    }

    #[test]
    fn nothing_is_said_while_all_is_well() {
        assert_eq!(said(&well()), []);
    }

    #[test]
    fn what_is_worst_comes_first() {
        let facts = Facts {
            wedged: 2,
            silent: vec!["gaon-1".to_owned(), "narae-1".to_owned()],
            editions: 1,
            ..well()
        };

        let tones: Vec<Tone> = said(&facts).into_iter().map(|it| it.0).collect();

        assert_eq!(tones, [Tone::Bad, Tone::Caution, Tone::Neutral]);
        assert!(
            said(&facts)[0]
                .1
                .starts_with("gaon-1 and 1 more are silent")
        );
    }

    #[test]
    fn machines_are_told_of_by_what_started_what_stopped_and_what_they_noticed() {
        let facts = Facts {
            strange: vec!["gaon-1".to_owned()],
            halted: vec!["lobby 3".to_owned()],
            alarmed: vec!["gaon-1".to_owned(), "narae-1".to_owned()],
            ..well()
        };
        let told = said(&facts);
        let begins = [
            (Tone::Bad, "gaon-1 is not proven"),
            (Tone::Bad, "The rollout of lobby 3 has stopped"),
            (Tone::Caution, "gaon-1 and 1 more are among those"),
        ];
        assert_eq!(told.len(), begins.len());
        for ((tone, sentence), (expected, begin)) in told.iter().zip(begins) {
            assert_eq!(*tone, expected);
            assert!(sentence.starts_with(begin), "{sentence}");
        }
    }

    #[test]
    fn backups_are_told_of_when_they_are_late_failed_untried_or_not_kept() {
        let kept = |taken: Option<Duration>, drill: Option<(Duration, bool)>| Facts {
            backup: Backup::Kept {
                taken: taken.map(before),
                every: HOUR,
                drill: drill.map(|(ago, passed)| (before(ago), passed)),
            },
            ..well()
        };
        let tried = Some((HOUR, true));
        for (facts, tone, begins) in [
            (
                kept(Some(HOUR * 3), tried),
                Tone::Bad,
                "A whole copy is overdue. Newest: 3",
            ),
            (
                kept(None, tried),
                Tone::Bad,
                "A whole copy is overdue. Newest: none",
            ),
            (
                kept(Some(HOUR), Some((HOUR, false))),
                Tone::Bad,
                "The last trial",
            ),
            (kept(Some(HOUR), None), Tone::Caution, "Nobody has tried"),
            (
                kept(Some(HOUR), Some((DRILL_GOOD_FOR, true))),
                Tone::Caution,
                "Nobody has tried",
            ),
            (
                Facts {
                    backup: Backup::None,
                    ..well()
                },
                Tone::Caution,
                "No backups",
            ),
            (
                Facts {
                    unarchived: true,
                    ..well()
                },
                Tone::Bad,
                "Some changes",
            ),
        ] {
            let said = said(&facts);
            assert_eq!(said.len(), 1, "{said:?}");
            assert_eq!(said[0].0, tone, "{begins}");
            assert!(said[0].1.starts_with(begins), "{said:?}");
        }
    }
}
