// What one act changes in every figure of a year, and in what stands beside them: acts run through the use-cases.
import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { changeProgramme, draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import {
  changeApprentice,
  transferApprentice,
} from '../../../src/use-cases/apprenticeships/move-apprentice.ts';
import {
  fileProgramme,
  submitProgramme,
  withdrawProgramme,
} from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { annulRecognition } from '../../../src/use-cases/studios/annul-recognition.ts';
import {
  changeStudioLead,
  recogniseStudio,
  renewStudio,
  upgradeStudio,
} from '../../../src/use-cases/studios/recognise-studio.ts';
import { recogniseTrainingPlatform } from '../../../src/use-cases/studios/recognise-training-platform.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { watchFigures, type FigureWatch } from './watch-figures.ts';

describe('use-cases/headcounts/figure-changes-of-filings', () => {
  let world: World;
  let changesBy: FigureWatch['changesBy'];
  before(async () => {
    world = await openWorld('2021-03-01');
    ({ changesBy } = watchFigures(world));
  });
  after(() => world.close());

  describe('apprentices', () => {
    async function programme(people: number) {
      world.at('2021-04-01');
      const enterprise = await anOrganisation(world.deps, { capacities: ['enterprise'] });
      const staff = await anActor(world.deps, 'enterpriseStaff', { organisationId: enterprise.id });
      const made = await draftProgramme(world.deps, {
        actor: staff,
        enterpriseId: enterprise.id,
        facts: aProgramme(),
      });
      const apprentices = await enrolApprentices(world.deps, {
        actor: staff,
        programmeId: made.id,
        enrolledOn: '2021-04-01',
        rows: Array.from({ length: people }, (_, index) =>
          anApprentice(`学徒${'一二三四五'[index]}`, { contractNumber: `HT${made.id.slice(-6)}${index}` }),
        ),
      });
      return { made, staff, apprentices };
    }
    const file = async ({ made, staff }: Awaited<ReturnType<typeof programme>>) => {
      await submitProgramme(world.deps, { actor: staff, programmeId: made.id });
      const officer = await anActor(world.deps, 'bureauOfficer');
      await fileProgramme(world.deps, { actor: officer, programmeId: made.id });
    };

    it('counts enterprise and apprentices when the programme is filed', async () => {
      const one = await programme(2);
      expect(await changesBy(() => file(one))).to.deep.equal({ F15: 1, 'F15.firstFilers': 1, F16: 2 });
    });

    it('takes a withdrawn programme off, frees its apprentices, and plans no fewer than there are', async () => {
      const one = await programme(2);
      const smaller = refusalOf(
        changeProgramme(world.deps, {
          actor: one.staff,
          programmeId: one.made.id,
          version: one.made.version,
          facts: { ...one.made, plannedCount: 1 },
        }),
      );
      expect((await smaller).code).to.equal('apprenticeships.overPlanned');
      await file(one);
      const { version } = await world.deps.programmes.get(district, one.made.id);
      const officer = await anActor(world.deps, 'bureauOfficer');
      const withdraw = () =>
        withdrawProgramme(world.deps, {
          actor: officer,
          programmeId: one.made.id,
          version,
          reason: '企业已停产',
        });
      expect(await changesBy(withdraw)).to.deep.equal({ F15: -1, 'F15.firstFilers': -1, F16: -2 });
      const left = await world.deps.apprentices.count(district, {
        programmeId: one.made.id,
        status: { $in: ['registered', 'active', 'suspended'] },
      });
      expect(left).to.equal(0);
    });

    it('transfers one, lets one leave: nothing changes', async () => {
      const one = await programme(2);
      const other = await programme(1);
      await file(one);
      await file(other);
      world.at('2021-07-01');
      const officer = await anActor(world.deps, 'bureauOfficer');
      const transfer = () =>
        transferApprentice(world.deps, {
          actor: officer,
          apprenticeId: one.apprentices[0]!.id,
          toProgrammeId: other.made.id,
          on: '2021-07-01',
          reason: '随岗调动',
        });
      expect(await changesBy(transfer)).to.deep.equal({});
      const leave = () =>
        changeApprentice(world.deps, {
          actor: one.staff,
          apprenticeId: one.apprentices[1]!.id,
          to: 'left',
          on: '2021-07-01',
          reason: '离职',
        });
      expect(await changesBy(leave)).to.deep.equal({});
    });
  });

  describe('studios and platforms', () => {
    const recognised = async (kind: 'skill_master' | 'rural_talent', tier: 'district' | 'municipal') => {
      world.at('2021-06-01');
      const actor = await anActor(world.deps, 'bureauOfficer');
      const host = await anOrganisation(world.deps, { capacities: ['enterprise'] });
      const studio = await recogniseStudio(world.deps, {
        actor,
        facts: {
          name: '顾建明大师工作室',
          kind,
          hostId: host.id,
          hostName: host.name,
          occupationCode: '6-31-01-03',
          craft: null,
          areaCode: '320507001',
          members: [
            { name: '顾建明', role: 'lead', skillLevel: 'senior_technician', from: '2021-06-01', to: null },
          ],
          termEnd: '2024-05-31',
        },
        recognition: { tier, recognisedOn: '2021-06-01', document: '相人社〔2021〕10号' },
      });
      return { actor, studioId: studio.id, host };
    };
    type Known = Awaited<ReturnType<typeof recognised>>;
    const renew = ({ actor, studioId }: Known) =>
      renewStudio(world.deps, { actor, studioId, termEnd: '2026-05-31', reason: '考核合格续聘' });
    const upgrade = ({ actor, studioId }: Known, tier: 'municipal' | 'provincial') =>
      upgradeStudio(world.deps, {
        actor,
        studioId,
        recognition: { tier, recognisedOn: '2021-09-01', document: '苏人保〔2021〕6号' },
        termEnd: '2026-05-31',
      });
    const annulLatest = async ({ actor }: Known, subjectId: string) => {
      const all = await world.deps.recognitions.find(
        actor.scope,
        { subjectId },
        { sort: { recognisedOn: -1 } },
      );
      await annulRecognition(world.deps, { actor, recognitionId: all[0]!.id, reason: '复核认定材料不实' });
    };

    it('counts a district skill-master studio once, whatever follows', async () => {
      let known: Known;
      expect(
        await changesBy(async () => (known = await recognised('skill_master', 'district'))),
      ).to.deep.equal({ F18: 1 });
      expect(await changesBy(() => renew(known))).to.deep.equal({});
      const succeed = () =>
        changeStudioLead(world.deps, {
          actor: known.actor,
          studioId: known.studioId,
          lead: { name: '许国平', skillLevel: 'senior_technician' },
          from: '2021-07-01',
          reason: '原领办人退休',
        });
      expect(await changesBy(succeed)).to.deep.equal({});
      expect(await changesBy(() => upgrade(known, 'municipal'))).to.deep.equal({});
    });

    it('counts a rural-talent studio when it is raised to provincial, until that is annulled', async () => {
      let known: Known;
      expect(
        await changesBy(async () => (known = await recognised('rural_talent', 'municipal'))),
      ).to.deep.equal({});
      expect(await changesBy(() => upgrade(known, 'provincial'))).to.deep.equal({ F17: 1 });
      expect(await changesBy(() => annulLatest(known, known.studioId))).to.deep.equal({ F17: -1 });
    });

    it('counts a district training platform, until its recognition is annulled', async () => {
      const known = await recognised('skill_master', 'district');
      let platformId = '';
      const recognise = async () => {
        const { id } = await recogniseTrainingPlatform(world.deps, {
          actor: known.actor,
          facts: {
            name: '智能制造人才培训平台',
            hostId: known.host.id,
            hostName: known.host.name,
            industry: '智能制造',
            areaCode: '320507001',
            capacity: 60,
            occupationCodes: ['6-31-01-03'],
            termEnd: '2024-05-31',
          },
          recognition: { tier: 'district', recognisedOn: '2021-06-01', document: '相人社〔2021〕41号' },
        });
        platformId = id;
      };
      expect(await changesBy(recognise)).to.deep.equal({ F19: 1 });
      expect(await changesBy(() => annulLatest(known, platformId))).to.deep.equal({ F19: -1 });
    });
  });
});
