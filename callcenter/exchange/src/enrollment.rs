//! Certificates for those who come to the exchange, and for the exchange itself.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use identity::{Credentials, Fingerprint, LineAuthority, Party, SwitchVerifier, is_plain};
use request::{StationId, Timestamp};

use crate::{
    claims, keys,
    roster::{Member, RosterFile, Station, StationKind},
};

const OWN_LASTS: Duration = Duration::from_hours(24 * 365);

/// Makes a key and a certificate for a party, writes them with the authority's
/// own certificate into the folder `into`, and lists them in the roster, a station
/// as a kiosk. A station also gets the key by which it knows what the exchange signs.
///
/// # Errors
/// When the id cannot stand in a certificate, or a file cannot be written.
pub fn enroll(
    data: &Path,
    roster: &Path,
    party: &Party,
    into: &Path,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<()> {
    let certificate = issue(data, party, into, now, lasts)?;
    change(roster, |file| match party.clone() {
        Party::Station(id) => file.stations.push(Station {
            id,
            certificate,
            kind: StationKind::Kiosk,
        }),
        Party::Agent(id) => file.agents.push(Member { id, certificate }),
    })
}

/// Enrolls a station as a desk, which may take rooms that kiosks open.
///
/// # Errors
/// As [`enroll`].
pub fn enroll_desk(
    data: &Path,
    roster: &Path,
    id: &StationId,
    into: &Path,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<()> {
    enroll_as(StationKind::Desk, [data, roster, into], id, now, lasts)
}

/// Enrolls a training room, which tells what agents have practised there.
///
/// # Errors
/// As [`enroll`].
pub fn enroll_training_room(
    data: &Path,
    roster: &Path,
    id: &StationId,
    into: &Path,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<()> {
    enroll_as(
        StationKind::TrainingRoom,
        [data, roster, into],
        id,
        now,
        lasts,
    )
}

fn enroll_as(
    kind: StationKind,
    [data, roster, into]: [&Path; 3],
    id: &StationId,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<()> {
    let certificate = issue(data, &Party::Station(id.clone()), into, now, lasts)?;
    change(roster, |file| {
        file.stations.push(Station {
            id: id.clone(),
            certificate,
            kind,
        });
    })
}

/// Lists a machine that was given a certificate for a key of its own.
pub(crate) fn list_kiosk(
    roster: &Path,
    id: &StationId,
    certificate: Fingerprint,
) -> anyhow::Result<()> {
    change(roster, |file| {
        if !file.stations.iter().any(|it| it.certificate == certificate) {
            file.stations.push(Station {
                id: id.clone(),
                certificate,
                kind: StationKind::Kiosk,
            });
        }
    })
}

/// Lists a kiosk's new certificate beside the one that it shows; any older one is struck off.
pub(crate) fn replace_kiosk(
    roster: &Path,
    id: &StationId,
    shown: Fingerprint,
    new: Fingerprint,
) -> anyhow::Result<()> {
    change(roster, |file| {
        let is_over = |it: &Station| it.id == *id && it.certificate != shown;
        file.stations.retain(|it| !is_over(it));
    })?;
    list_kiosk(roster, id, new)
}

fn issue(
    data: &Path,
    party: &Party,
    into: &Path,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<Fingerprint> {
    let id = match party {
        Party::Station(id) => id.as_str(),
        Party::Agent(id) => id.as_str(),
    };
    ensure!(
        is_plain(id),
        "an id has letters, digits, dots, hyphens and underscores only"
    );
    let authority = authority(data, now)?;
    let issued = authority.issue(party, now, lasts)?;
    Credentials::write(into, &issued, authority.certificate_pem())?;
    if let Party::Station(_) = party {
        let co_signer = keys::co_signer(data)?.public().to_pem()?;
        Credentials::write_co_signer(into, &co_signer)?;
    }
    Ok(issued.fingerprint)
}

/// Strikes all certificates of a party off the roster.
///
/// # Errors
/// When the roster cannot be read or written, or does not list the party.
pub fn revoke(roster: &Path, party: &Party) -> anyhow::Result<()> {
    if let Party::Station(station) = party {
        claims::withdraw(roster, station)?;
    }
    let mut struck = 0;
    change(roster, |file| {
        let before = file.stations.len() + file.agents.len();
        match party {
            Party::Station(id) => file.stations.retain(|it| it.id != *id),
            Party::Agent(id) => file.agents.retain(|it| it.id != *id),
        }
        struck = before - file.stations.len() - file.agents.len();
    })?;
    ensure!(struck > 0, "the roster does not list {party}");
    Ok(())
}

/// Makes a key and a certificate for the call centre's switch, under the names by
/// which desks reach it, writes them with the authority's own certificate into the
/// folder `into`, and lists it in the roster by its first name: what it signs is
/// believed from now on.
///
/// # Errors
/// When a name cannot stand in a certificate, or a file cannot be written.
pub fn certify_switch(
    data: &Path,
    roster: &Path,
    names: &[String],
    into: &Path,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<()> {
    let authority = authority(data, now)?;
    let name = names.first().context("a switch has a name")?;
    let issued = authority.issue_switch(names, now, lasts)?;
    Credentials::write(into, &issued, authority.certificate_pem())?;
    change(roster, |file| {
        file.switches.push(Member {
            id: name.clone(),
            certificate: issued.fingerprint,
        });
    })
}

/// Strikes all certificates of a switch off the roster: nothing it has signed is
/// believed any more.
///
/// # Errors
/// When the roster cannot be read or written, or does not list the switch.
pub fn revoke_switch(roster: &Path, name: &str) -> anyhow::Result<()> {
    let mut struck = 0;
    change(roster, |file| {
        let before = file.switches.len();
        file.switches.retain(|it| it.id != name);
        struck = before - file.switches.len();
    })?;
    ensure!(struck > 0, "the roster does not list a switch {name}");
    Ok(())
}

/// Tells the switches this exchange has certified from everybody else.
pub(crate) fn switches(data: &Path, now: Timestamp) -> anyhow::Result<SwitchVerifier> {
    let authority = authority(data, now)?;
    Ok(SwitchVerifier::new(authority.certificate_pem())?)
}

/// The exchange's own certificate, made anew at each start under the names by
/// which stations reach it.
pub(crate) fn own(data: &Path, names: &[String], now: Timestamp) -> anyhow::Result<Credentials> {
    let authority = authority(data, now)?;
    let issued = authority.issue_exchange(names, now, OWN_LASTS)?;
    let folder = own_folder(data);
    Credentials::write(&folder, &issued, authority.certificate_pem())?;
    Ok(Credentials::read(&folder)?)
}

/// Where the exchange's own certificate lies.
pub(crate) fn own_folder(data: &Path) -> PathBuf {
    data.join("keys/line")
}

pub(crate) fn authority(data: &Path, now: Timestamp) -> anyhow::Result<LineAuthority> {
    let keys = data.join("keys");
    fs::create_dir_all(&keys).context("cannot make keys/")?;
    Ok(LineAuthority::open(&keys, now)?)
}

/// One change after another, of however many programs: the last to write would undo what
/// another struck off.
fn change(roster: &Path, change: impl FnOnce(&mut RosterFile)) -> anyhow::Result<()> {
    let lock = roster.with_extension("lock");
    let lock = File::create(&lock).with_context(|| format!("cannot make {}", lock.display()))?;
    lock.lock().context("cannot lock the roster")?;
    let mut file = if roster.exists() {
        RosterFile::read(roster)?
    } else {
        RosterFile::default()
    };
    change(&mut file);
    durable::replace(roster, toml::to_string(&file)?.as_bytes())
        .with_context(|| format!("cannot write the roster {}", roster.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn whoever_strikes_off_at_the_same_time_undoes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let roster = folder.path().join("roster.toml");
        let id = |number: u32| StationId::new(format!("gaon-{number}"));
        change(&roster, |file| {
            file.stations.extend((0..40).map(|number| Station {
                id: id(number),
                certificate: "0".repeat(64).try_into().unwrap(),
                kind: StationKind::Kiosk,
            }));
        })
        .unwrap();

        std::thread::scope(|scope| {
            for first in 0..2 {
                let (roster, id) = (&roster, &id);
                scope.spawn(move || {
                    for number in (first..40).step_by(2) {
                        revoke(roster, &Party::Station(id(number))).unwrap();
                    }
                });
            }
        });

        assert!(RosterFile::read(&roster).unwrap().stations.is_empty());
    }
}
