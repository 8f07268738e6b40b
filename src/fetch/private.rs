//! Addresses of this machine and of private networks: a redirect leads there only where that is asked for, for what
//! stands at such an address is nobody's publication and may be somebody's secret.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The host that may only be a public one, while a redirect to it is followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard(Arc<Mutex<Watched>>);

#[derive(Debug, Default)]
struct Watched {
    host: Option<String>,
    refused: bool,
}

impl Guard {
    /// Refuses `host`, or nothing, where it is at no public address from now on.
    pub fn watch(&self, host: Option<&str>) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *watched = Watched { host: host.map(str::to_owned), refused: false };
    }

    /// Whether the host was refused.
    pub fn refused(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).refused
    }

    fn refuses(&self, host: &str, addresses: &[std::net::SocketAddr]) -> bool {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_watched = watched.host.as_deref().is_some_and(|watched| watched.eq_ignore_ascii_case(host));
        watched.refused |= is_watched && !addresses.iter().all(|address| is_public(address.ip()));
        watched.refused
    }
}

/// Looks names up as usual, and refuses what the guard watches. A proxy looks names up itself.
#[derive(Debug)]
pub(super) struct Guarded {
    pub guard: Guard,
    pub usual: DefaultResolver,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.usual.resolve(uri, config, timeout)?;
        if self.guard.refuses(uri.host().unwrap_or_default(), &found) {
            return Err(ureq::Error::HostNotFound);
        }
        Ok(found)
    }
}

/// Whether a host that is written as a number is at no public address; a name says nothing before it is looked up.
pub(super) fn is_private_number(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok_and(|address| !is_public(address)) || bare.eq_ignore_ascii_case("localhost")
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let reserved = a == 0 || a >= 240 || (a == 198 && (18..20).contains(&b)) || (a == 192 && b == 0);
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || shared
        || reserved)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // One that stands for an address of the other kind is as public as that: mapped, compatible, or behind NAT64 or 6to4.
    let [a, b, c, d, .., g, h] = address.segments();
    let four = |high: u16, low: u16| {
        let [[w, x], [y, z]] = [high, low].map(u16::to_be_bytes);
        Ipv4Addr::new(w, x, y, z)
    };
    match (a, b, c, d) {
        (0, 0, 0, 0) => (g, h) != (0, 1) && is_public_v4(four(g, h)),
        (0x64, 0xff9b, ..) => is_public_v4(four(g, h)),
        (0x2002, ..) => is_public_v4(four(b, c)),
        // Only this part of all addresses is given to anybody in public.
        _ => a & 0xe000 == 0x2000 && (a, b) != (0x2001, 0xdb8),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_private_number, is_public};

    #[test]
    fn this_machine_and_private_networks_are_not_public() {
        let private = [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.7",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ];
        for text in private {
            assert!(!is_public(text.parse().expect("an address")), "{text}");
            assert!(is_private_number(text), "{text}");
        }
        for text in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(text.parse().expect("an address")), "{text}");
        }
        assert!(is_private_number("localhost") && is_private_number("[::1]") && !is_private_number("example.org"));
    }
}
