import type { Reply } from "../gap";
import { type RestCall, restGap } from "../rest-gap";

type State = "ENABLED" | "DISABLED";
interface Schedule {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly State?: State;
}

const states = ({ context }: RestCall) => context.state<State>("states");

const write = async (call: RestCall): Promise<Reply> => {
  const { json, parameters, request, context } = call;
  const body = Buffer.from(JSON.stringify({ ...json, State: "DISABLED" }));
  const reply = await context.upstream(request, { body });
  if (reply.status === 200) {
    states(call).put(`${json.GroupName ?? "default"}/${parameters.name}`, (json.State ?? "ENABLED") as State);
  }
  return reply;
};

const withState = <T extends Schedule>(schedule: T, call: RestCall): T => {
  const state = states(call).get(`${schedule.GroupName ?? "default"}/${schedule.Name}`);
  return state ? { ...schedule, State: state } : schedule;
};

const changed = async (reply: Reply, change: (answer: never) => object): Promise<Reply> =>
  reply.status === 200 ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body.toString()) as never)) } : reply;

const list = async (call: RestCall): Promise<Reply> => {
  const wanted = call.request.query.get("State");
  const query = new URLSearchParams(call.request.query);
  query.delete("State");
  const reply = await call.context.upstream(call.request, { query });
  return changed(reply, (answer: { Schedules: Schedule[] }) => ({
    ...answer,
    Schedules: answer.Schedules.map((schedule) => withState(schedule, call)).filter(
      ({ State }) => wanted === null || State === wanted,
    ),
  }));
};

export const schedules = restGap({
  name: "schedules",
  service: "scheduler",
  description:
    "EventBridge Scheduler: the emulated account ignores time zones, so it keeps schedules disabled, readers see their true state, and `local/schedule` runs them in their zone.",
  routes: {
    "POST /schedules/{name}": write,
    "PUT /schedules/{name}": write,
    "GET /schedules/{name}": async (call) =>
      changed(await call.context.upstream(call.request), (schedule: Schedule) => withState(schedule, call)),
    "GET /schedules": list,
  },
});
