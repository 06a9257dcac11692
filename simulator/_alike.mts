import p from "/work/wt/a/playbooks/alarms/latency/playbook.ts";
import {differential} from "/work/wt/a/src/engine/differential.ts";
console.log(differential(p.causes).alike.filter(a=>a.declared===null).map(a=>a.causes.join(" / ")));
