//! The center as its operator writes it down: numbers, menus, agents, offices.

mod dispositions;
mod surveys;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

pub use dispositions::{DispositionCode, DispositionError, DispositionSettings};
use distributor::{AgentId, EntryId, Language, Plan, Priority, Profile, QueueId, Skill};
use figures::{Requirement, Share};
use hours::{Doors, HoursError, HoursSettings};
use serde::Deserialize;
pub use surveys::{Question, SurveyError, SurveySettings};

/// What a dialed number leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    pub dialed: String,
    pub queue: QueueId,
    pub language: Language,
    #[serde(default)]
    pub priority: Priority,
    /// Said and asked before; without one the caller goes straight to the queue.
    pub menu: Option<String>,
    /// Menu, words and music are heard before the call is answered, which it is when an
    /// agent answers (early media, RFC 3960): until then it costs nobody anything. Some
    /// lines carry no keys before the answer.
    #[serde(default)]
    pub early: bool,
}

/// What is said to a caller, and what each key leads to. Who presses nothing is
/// served all the same.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// What is said, by language.
    pub words: BTreeMap<String, String>,
    #[serde(default)]
    pub keys: BTreeMap<char, Choice>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub queue: Option<QueueId>,
    pub language: Option<Language>,
    pub priority: Option<Priority>,
    /// Another menu before the queue.
    pub menu: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    pub id: AgentId,
    /// Of the telephone.
    pub account: String,
    pub queues: BTreeSet<QueueId>,
    pub languages: BTreeSet<Language>,
    #[serde(default)]
    pub skills: BTreeMap<Skill, u8>,
    #[serde(default)]
    pub supervisor: bool,
    /// A supervisor with a team judges its agents' talks alone, one without everybody's.
    #[serde(default)]
    pub team: Option<String>,
    /// A telephone without a desk: whoever registers it is ready.
    #[serde(default)]
    pub ready_when_registered: bool,
}

impl Agent {
    pub(crate) fn profile(&self) -> Profile {
        Profile {
            skills: self.skills.clone(),
            languages: self.languages.clone(),
            queues: self.queues.clone(),
        }
    }
}

/// An office outside the center.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub id: EntryId,
    /// As agents know it; none is its id.
    #[serde(default)]
    pub name: Option<String>,
    /// A public number of the office, not a person's.
    pub number: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Center {
    #[serde(rename = "number")]
    pub numbers: Vec<Number>,
    #[serde(default, rename = "menu")]
    pub menus: BTreeMap<String, Menu>,
    #[serde(default, rename = "agent")]
    pub agents: Vec<Agent>,
    #[serde(default, rename = "office")]
    pub offices: Vec<Office>,
    /// When queues are served; callers outside of these hours are told so.
    #[serde(default)]
    pub hours: Vec<HoursSettings>,
    /// What callers are asked after their talks; of a queue that is in none, nothing.
    #[serde(default, rename = "survey")]
    pub surveys: Vec<SurveySettings>,
    /// How agents say that calls ended; without it they are not asked.
    #[serde(default)]
    pub dispositions: Option<DispositionSettings>,
    /// Where the center is, for its days: 540 in Korea.
    #[serde(default = "korea")]
    pub minutes_ahead_of_utc: i32,
    /// Record every talk; the welcome says so.
    #[serde(default)]
    pub record: bool,
    /// Without it the wallboard has neither a goal nor a forecast of agents.
    #[serde(default)]
    pub staffing: Option<Staffing>,
    pub plan: Plan,
}

/// What a center wants to achieve, and with whom.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Callers who are to be answered within their queue's time.
    pub service_level_percent: u8,
    /// Paid time in which an agent is not at the telephone: breaks, training,
    /// sickness.
    pub shrinkage_percent: u8,
}

fn korea() -> i32 {
    9 * 60
}

/// What is wrong with a center.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CenterError {
    #[error(transparent)]
    Plan(#[from] distributor::PlanError),
    #[error("{0} leads to a queue that is not in the plan")]
    UnknownQueue(String),
    #[error("{0} leads to a menu that is not there")]
    UnknownMenu(String),
    #[error("{0} is there twice")]
    Twice(String),
    #[error("staffing: {0} must be between {1} and 99 percent")]
    Percent(&'static str, u8),
    #[error("menu {0:?} says nothing in {1:?}")]
    Wordless(String, String),
    #[error("team {0:?} has supervisors alone")]
    Team(String),
    #[error(transparent)]
    Hours(#[from] HoursError),
    #[error(transparent)]
    Survey(#[from] SurveyError),
    #[error(transparent)]
    Disposition(#[from] DispositionError),
}

impl Staffing {
    pub(crate) fn target(&self) -> Share {
        Share(u16::from(self.service_level_percent) * 10)
    }

    fn check(&self) -> Result<(), CenterError> {
        if !(1..100).contains(&self.service_level_percent) {
            return Err(CenterError::Percent("service_level_percent", 1));
        }
        if self.shrinkage_percent >= 100 {
            return Err(CenterError::Percent("shrinkage_percent", 0));
        }
        Ok(())
    }
}

impl Center {
    /// Looks for what cannot be carried out.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), CenterError> {
        self.plan.check()?;
        if let Some(staffing) = &self.staffing {
            staffing.check()?;
        }
        let mut seen = BTreeSet::new();
        let names = self
            .numbers
            .iter()
            .map(|it| format!("number {}", it.dialed));
        let names = names.chain(
            self.agents
                .iter()
                .map(|it| format!("account {}", it.account)),
        );
        let names = names.chain(self.agents.iter().map(|it| format!("agent {}", it.id.0)));
        let names = names.chain(self.offices.iter().map(|it| format!("office {}", it.id.0)));
        for name in names {
            if !seen.insert(name.clone()) {
                return Err(CenterError::Twice(name));
            }
        }
        for number in &self.numbers {
            let name = format!("number {}", number.dialed);
            self.leads_on(&name, Some(&number.queue), number.menu.as_ref())?;
        }
        for (name, menu) in &self.menus {
            if let Some(language) = self.languages().find(|it| !menu.words.contains_key(*it)) {
                return Err(CenterError::Wordless(name.clone(), language.clone()));
            }
            for (key, choice) in &menu.keys {
                let name = format!("key {key} of menu {name}");
                self.leads_on(&name, choice.queue.as_ref(), choice.menu.as_ref())?;
            }
        }
        Doors::new(&self.hours)?;
        for queue in self.hours.iter().flat_map(|it| &it.queues) {
            let name = format!("hours of {queue}");
            self.leads_on(&name, Some(&QueueId(queue.clone())), None)?;
        }
        surveys::check(&self.surveys, &self.languages().collect())?;
        for queue in self.surveys.iter().flat_map(|it| &it.queues) {
            self.leads_on(&format!("survey of {}", queue.0), Some(queue), None)?;
        }
        self.check_dispositions()?;
        for agent in &self.agents {
            for queue in &agent.queues {
                self.leads_on(&format!("account {}", agent.account), Some(queue), None)?;
            }
        }
        self.check_teams()
    }

    fn check_dispositions(&self) -> Result<(), CenterError> {
        let Some(settings) = &self.dispositions else {
            return Ok(());
        };
        settings.check(self.plan.queues.iter().map(|it| &it.id))?;
        for code in &settings.codes {
            for queue in &code.queues {
                self.leads_on(&format!("disposition {}", code.id), Some(queue), None)?;
            }
        }
        Ok(())
    }

    /// A team that is misspelled has nobody its supervisor could judge.
    fn check_teams(&self) -> Result<(), CenterError> {
        for team in self.agents.iter().filter_map(|it| it.team.as_ref()) {
            let mut members = self.agents.iter();
            if !members.any(|it| it.team.as_ref() == Some(team) && !it.supervisor) {
                return Err(CenterError::Team(team.clone()));
            }
        }
        Ok(())
    }

    /// What each queue's agents are to achieve; none without a goal.
    pub(crate) fn requirements(&self) -> Vec<(QueueId, Requirement)> {
        let Some(staffing) = self.staffing else {
            return Vec::new();
        };
        let requirement = |queue: &distributor::QueuePlan| Requirement {
            level: f64::from(staffing.service_level_percent) / 100.0,
            within: Duration::from_secs(queue.service_level_seconds.into()),
            shrinkage: f64::from(staffing.shrinkage_percent) / 100.0,
        };
        let queues = self.plan.queues.iter();
        queues.map(|it| (it.id.clone(), requirement(it))).collect()
    }

    /// The languages the center's numbers and queues are served in.
    pub fn languages(&self) -> impl Iterator<Item = &String> {
        let queues = self.plan.queues.iter();
        let served: BTreeSet<&String> = queues
            .flat_map(|queue| queue.languages.iter().map(|it| &it.0))
            .collect();
        served.into_iter()
    }

    fn leads_on(
        &self,
        name: &str,
        queue: Option<&QueueId>,
        menu: Option<&String>,
    ) -> Result<(), CenterError> {
        let is_queue = |id: &QueueId| self.plan.queues.iter().any(|it| it.id == *id);
        if queue.is_some_and(|id| !is_queue(id)) {
            return Err(CenterError::UnknownQueue(name.to_owned()));
        }
        if menu.is_some_and(|menu| !self.menus.contains_key(menu)) {
            return Err(CenterError::UnknownMenu(name.to_owned()));
        }
        Ok(())
    }

    pub(crate) fn survey_of(&self, queue: &QueueId) -> Option<&SurveySettings> {
        self.surveys.iter().find(|it| it.queues.contains(queue))
    }

    pub(crate) fn agent(&self, id: AgentId) -> Option<&Agent> {
        self.agents.iter().find(|it| it.id == id)
    }

    pub(crate) fn agent_of(&self, account: &str) -> Option<&Agent> {
        self.agents.iter().find(|it| it.account == account)
    }

    pub(crate) fn office(&self, id: &EntryId) -> Option<&Office> {
        self.offices.iter().find(|it| it.id == *id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const CENTER: &str = include_str!("switchboard/tests/center.toml");

    fn check(hours: &str) -> Result<(), CenterError> {
        let center: Center = toml::from_str(&format!("{CENTER}\n{hours}")).unwrap();
        center.check()
    }

    #[test]
    fn a_team_has_somebody_whom_its_supervisor_judges() {
        let in_team = |of: &str, team: &str| {
            let account = format!("account = \"{of}\"\n");
            CENTER.replace(&account, &format!("{account}team = \"{team}\"\n"))
        };
        let checked = |text: &str| toml::from_str::<Center>(text).unwrap().check();

        let lonely = in_team("supervisor", "east");
        assert_eq!(checked(&lonely), Err(CenterError::Team("east".to_owned())));
        assert_eq!(checked(&in_team("agent-1", "east")), Ok(()));
    }

    #[test]
    fn hours_are_of_queues_that_are_there_and_of_zones_and_spans_that_are() {
        let of = |queue: &str, zone: &str, span: &str| {
            check(&format!(
                "[[hours]]\nqueues = [\"{queue}\"]\ntime_zone = \"{zone}\"\n\
                 weekly = {{ monday = [\"{span}\"] }}"
            ))
        };

        assert_eq!(of("taxes", "Asia/Seoul", "09:00-18:00"), Ok(()));
        assert_eq!(
            of("parking", "Asia/Seoul", "09:00-18:00"),
            Err(CenterError::UnknownQueue("hours of parking".to_owned()))
        );
        assert!(matches!(
            of("taxes", "Seoul", "09:00-18:00"),
            Err(CenterError::Hours(HoursError::TimeZone(_)))
        ));
        assert!(matches!(
            of("taxes", "Asia/Seoul", "09-18"),
            Err(CenterError::Hours(HoursError::Span(_)))
        ));
    }
}
