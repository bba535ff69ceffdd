//! The firewall at work: looks for a site's package, asks for its names, and tells the kernel.

use std::{
    collections::BTreeSet,
    fs,
    net::{SocketAddr, ToSocketAddrs},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Context;
use fleet::{signed::Signer, site::Site};
use request::Timestamp;

use super::{Endpoint, Plan, Transport, endpoints, rules};
use crate::{image::Image, machine, places::Places};

/// How soon a package is noticed.
const LOOK: Duration = Duration::from_secs(1);
/// How often names are asked for anew.
const NAMES_LAST: Duration = Duration::from_mins(1);

/// Works until it is ended.
///
/// # Errors
/// When the image lacks its own files, or the kernel does not take the rules.
pub fn serve(places: &Places, image: &Image) -> anyhow::Result<()> {
    let signer = Signer::from_pem(&fs::read_to_string(&places.site_authority)?)?;
    let plan = fs::read_to_string(&places.self_test).context("cannot read the self-test")?;
    let plan: Plan = toml::from_str(&plan)?;
    let mut package: Option<SystemTime> = None;
    let mut wanted: BTreeSet<Endpoint> = BTreeSet::new();
    let mut allowed = BTreeSet::new();
    let mut asked_at: Option<SystemTime> = None;
    loop {
        let changed = fs::metadata(&places.site).and_then(|it| it.modified()).ok();
        let is_new = changed != package;
        if is_new {
            package = changed;
            wanted = read(places, &signer, image, &plan);
        }
        let is_time = asked_at.is_none_or(|it| it.elapsed().is_ok_and(|it| it >= NAMES_LAST));
        if is_new || is_time {
            asked_at = Some(SystemTime::now());
            let addresses = resolved(&wanted, &allowed);
            if addresses != allowed || is_new {
                machine::filter(&rules(&addresses))?;
                tracing::info!(reached = addresses.len(), "The firewall lets these through");
                allowed = addresses;
            }
        }
        thread::sleep(LOOK);
    }
}

/// A package whose term is over still says where the exchange is.
fn read(places: &Places, signer: &Signer, image: &Image, plan: &Plan) -> BTreeSet<Endpoint> {
    let Ok(bytes) = fs::read(&places.site) else {
        return BTreeSet::new();
    };
    match Site::open(&bytes, signer, &image.model, Timestamp::default()) {
        Ok(site) => endpoints(&site, &image.model, plan),
        Err(why) => {
            tracing::error!(%why, "The site's package is not believed");
            BTreeSet::new()
        }
    }
}

/// A name that cannot be asked for now keeps the addresses that it had.
fn resolved(
    wanted: &BTreeSet<Endpoint>,
    before: &BTreeSet<(Transport, SocketAddr)>,
) -> BTreeSet<(Transport, SocketAddr)> {
    let mut all = BTreeSet::new();
    let mut unknown = false;
    for it in wanted {
        match (it.host.as_str(), it.port).to_socket_addrs() {
            Ok(addresses) => all.extend(addresses.map(|address| (it.transport, address))),
            Err(error) => {
                tracing::warn!(host = it.host, %error, "A name is not known");
                unknown = true;
            }
        }
    }
    if unknown {
        all.extend(before);
    }
    all
}
