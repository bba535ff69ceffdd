//! Who works in the center, and who judges whom.

use std::collections::BTreeMap;

use cti::QualityRefusal;
use distributor::AgentId;

use crate::center::Center;

#[derive(Clone, Debug)]
struct Member {
    account: String,
    supervisor: bool,
    team: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Staff(BTreeMap<AgentId, Member>);

impl Staff {
    pub fn of(center: &Center) -> Self {
        let members = center.agents.iter().map(|it| {
            let member = Member {
                account: it.account.clone(),
                supervisor: it.supervisor,
                team: it.team.clone(),
            };
            (it.id, member)
        });
        Self(members.collect())
    }

    /// An agent's account, or the number of one who works here no more.
    pub(super) fn account(&self, agent: AgentId) -> String {
        let known = self.0.get(&agent);
        known.map_or_else(|| agent.0.to_string(), |it| it.account.clone())
    }

    pub(super) fn check_supervisor(&self, agent: AgentId) -> Result<(), QualityRefusal> {
        match self.0.get(&agent) {
            Some(Member {
                supervisor: true, ..
            }) => Ok(()),
            Some(_) | None => Err(QualityRefusal::SupervisorsOnly),
        }
    }

    /// A supervisor with a team judges that team, one without all agents.
    pub(super) fn check_judges(
        &self,
        supervisor: AgentId,
        agent: AgentId,
    ) -> Result<(), QualityRefusal> {
        self.check_supervisor(supervisor)?;
        if supervisor == agent {
            return Err(QualityRefusal::OwnTalk);
        }
        let team = |id: AgentId| self.0.get(&id).map(|it| it.team.as_ref());
        match (team(supervisor).flatten(), team(agent)) {
            (_, None) => Err(QualityRefusal::NotYourAgent),
            (Some(own), Some(theirs)) if theirs != Some(own) => Err(QualityRefusal::NotYourAgent),
            (_, Some(_)) => Ok(()),
        }
    }

    /// Those whose talks this supervisor judges.
    pub(super) fn judged_by(&self, supervisor: AgentId) -> Vec<AgentId> {
        let all = self.0.keys().copied();
        all.filter(|it| self.check_judges(supervisor, *it).is_ok())
            .collect()
    }
}
