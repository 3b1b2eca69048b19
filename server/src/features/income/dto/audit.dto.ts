import {
  type AcceptAnswerRequest,
  type AmendAuditReportRequest,
  type AnswerFindingRequest,
  AUDIT_LIMITS,
  AUDIT_OPINIONS,
  AUDITED_BOOKS,
  type AuditedBook,
  type AuditOpinion,
  type ChangeAuditRequest,
  type CommitAuditRequest,
  type FindingFacts,
  type PublishAuditReportRequest,
  RESPONSIBLE_BODIES,
  type ResponsibleBody,
  type SaveAuditReportRequest,
  type SendBackAnswerRequest,
} from '@linli/shared/income-audit';
import { INCOME_LIMITS } from '@linli/shared/income';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';

const { auditorLength, reportNoLength, summaryLength, findingLength, answerLength, reasonLength } =
  AUDIT_LIMITS;
const LAST_YEAR = 2100;
const MOST_SAVES = 1_000_000;

class FindingDto implements FindingFacts {
  @IsInt()
  @Min(1)
  @Max(AUDIT_LIMITS.findingsMax)
  no: number;

  @trimmed
  @IsString()
  @Length(findingLength.min, findingLength.max, {
    message: `请写明发现了什么，${findingLength.min} 到 ${findingLength.max} 个字`,
  })
  text: string;

  @orNull()
  @IsInt({ message: '金额写到分' })
  @Min(1, { message: '金额要大于 0' })
  @Max(AUDIT_LIMITS.maxAmountFen)
  amountFen: number | null;

  @orNull()
  @Matches(ID)
  statementId: string | null;

  @orNull()
  @IsInt()
  @Min(0)
  @Max(INCOME_LIMITS.linesMax)
  lineIndex: number | null;

  @orNull()
  @Matches(ID)
  contractId: string | null;

  @IsIn(RESPONSIBLE_BODIES, { message: '请选由谁答复' })
  responsible: ResponsibleBody;

  @IsCalendarDate('请填答复期限')
  dueOn: string;
}

export class SaveAuditReportDto implements SaveAuditReportRequest {
  @IsInt({ message: '请填审计年度' })
  @Min(AUDIT_LIMITS.firstYear)
  @Max(LAST_YEAR)
  year: number;

  @IsArray()
  @ArrayMinSize(1, { message: '请选审计了哪些账' })
  @ArrayMaxSize(AUDITED_BOOKS.length)
  @ArrayUnique()
  @IsIn(AUDITED_BOOKS, { each: true })
  books: AuditedBook[];

  @trimmed
  @IsString()
  @Length(auditorLength.min, auditorLength.max, { message: '请写审计机构全称' })
  auditor: string;

  @trimmed
  @IsString()
  @Length(reportNoLength.min, reportNoLength.max, { message: '请照报告填写文号' })
  reportNo: string;

  @IsCalendarDate('请填报告日期')
  signedOn: string;

  @IsIn(AUDIT_OPINIONS, { message: '请选审计意见' })
  opinion: AuditOpinion;

  @trimmed
  @IsString()
  @Length(summaryLength.min, summaryLength.max, {
    message: `请写摘要，${summaryLength.min} 到 ${summaryLength.max} 个字`,
  })
  summary: string;

  @Matches(ID, { message: '请上传审计报告的扫描件' })
  scanFileId: string;

  @IsArray()
  @ArrayMaxSize(AUDIT_LIMITS.findingsMax)
  @nestedEach(() => FindingDto)
  findings: FindingDto[];

  @IsInt()
  @Min(0)
  @Max(MOST_SAVES)
  revision: number;
}

export class PublishAuditReportDto implements PublishAuditReportRequest {
  @IsInt()
  @Min(1)
  @Max(MOST_SAVES)
  revision: number;
}

export class AmendAuditReportDto implements AmendAuditReportRequest {
  @trimmed
  @IsString()
  @MaxLength(reasonLength.max)
  reason: string;
}

export class AnswerFindingDto implements AnswerFindingRequest {
  @trimmed
  @IsString()
  @Length(answerLength.min, answerLength.max, {
    message: `请写明怎么整改，${answerLength.min} 到 ${answerLength.max} 个字`,
  })
  text: string;

  @IsArray()
  @ArrayMaxSize(AUDIT_LIMITS.filesMax, { message: `最多附 ${AUDIT_LIMITS.filesMax} 个文件` })
  @ArrayUnique()
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class AcceptAnswerDto implements AcceptAnswerRequest {
  @IsInt()
  @Min(1)
  @Max(MOST_SAVES)
  seq: number;
}

export class SendBackAnswerDto extends AcceptAnswerDto implements SendBackAnswerRequest {
  @trimmed
  @IsString()
  @MaxLength(reasonLength.max)
  reason: string;
}

export class CommitAuditDto implements CommitAuditRequest {
  @IsInt({ message: '请填从哪一年起' })
  @Min(AUDIT_LIMITS.firstYear)
  @Max(LAST_YEAR)
  sinceYear: number;

  @trimmed
  @IsString()
  @Length(1, AUDIT_LIMITS.decisionNumberMax, { message: '请填写决定编号' })
  decisionNumber: string;
}

export class ChangeAuditDto extends CommitAuditDto implements ChangeAuditRequest {
  @IsBoolean({ message: '请选择每年审计，还是不再每年审计' })
  isOwed: boolean;
}

export class MarksQuery {
  @Matches(ID)
  statementId: string;
}
